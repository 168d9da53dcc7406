/** Fails when a package imports upwards, sideways or out of its folder; see `layers.ts`. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { layerFaults, type Source } from './layers.ts'
import { ROOT } from './run.ts'

const files = globSync('{apps,packages}/*/src/**/*.{ts,svelte}', { cwd: ROOT })
const faults = files.map(sourceOf).flatMap(layerFaults)
for (const fault of faults) console.error(fault)
console.log(`${files.length} files, ${faults.length} forbidden imports`)
process.exitCode = faults.length === 0 && files.length > 0 ? 0 : 1

function sourceOf(file: string): Source {
  const posix = file.split(path.sep).join('/')
  const folder = posix.split('/').slice(0, 2).join('/')
  const manifest = JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8')) as {
    name: string
  }
  return { file: posix, text: readFileSync(path.join(ROOT, file), 'utf8'), owner: manifest.name }
}
