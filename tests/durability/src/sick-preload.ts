/** Loaded before everything else in each thread of a server: its disk is as sick as a file says. */
import { readFileSync } from 'node:fs'
import {
  sickenSqlite,
  SICKNESSES,
} from '../../../packages/persistence/src/sqlite/fixtures/sick-disk.ts'

const file = process.env['KOLAM_TEST_SICKNESS'] ?? ''
sickenSqlite(() => {
  const word = readFileSync(file, 'utf8')
  return SICKNESSES.find((sickness) => sickness === word) ?? 'none'
})
