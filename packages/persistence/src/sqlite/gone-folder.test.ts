import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { temporaryFolder } from './fixtures/folder.ts'
import { numbered, numbersIn } from './fixtures/numbered.ts'
import { openSqliteStore } from './index.ts'

test('[E3] a worker that is started again never makes a new folder in the place of one that is gone', async () => {
  const folder = join(await temporaryFolder(), 'data')
  const workers: Worker[] = []
  const store = await openSqliteStore({
    folder,
    startWorker: (input) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: input })
      workers.push(worker)
      return worker
    },
  })
  await store.append([{ document: 'a', update: numbered(1), at: 1, author: '' }])
  await rename(folder, `${folder}-away`)
  await workers[0]!.terminate()
  await expect(store.open('a')).rejects.toMatchObject({ code: 'unavailable' })
  expect(existsSync(folder)).toBe(false)
  await rename(`${folder}-away`, folder)
  expect(numbersIn(await store.open('a'))).toEqual([1])
  await store.close()
})
