import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { temporaryFolder } from './fixtures/folder.ts'
import { numbered, numbersIn } from './fixtures/numbered.ts'
import { openSqliteStore } from './index.ts'

const one = [{ document: 'a', update: numbered(1), at: 1, author: '' }]

test('[O3] a worker that dies refuses what is under way, and the next call starts another', async () => {
  const folder = await temporaryFolder()
  const workers: Worker[] = []
  const store = await openSqliteStore({
    folder,
    startWorker: (input) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: input })
      workers.push(worker)
      return worker
    },
  })
  await store.append(one)
  // Keeps the worker busy for long enough that the next call is not answered before it dies.
  const large = { ...one[0]!, document: 'b', update: new Uint8Array(64 * 1024 * 1024) }
  store.append([large]).catch(() => {})
  const open = store.open('a')
  const terminated = workers[0]!.terminate()
  await expect(open).rejects.toMatchObject({ code: 'unavailable' })
  await terminated
  const [first, second] = await Promise.all([store.open('a'), store.open('a')])
  expect([numbersIn(first), numbersIn(second)]).toEqual([[1], [1]])
  expect(workers).toHaveLength(2)
  await store.close()
})

test('[O3] closing a store whose worker has died is fine', async () => {
  const folder = await temporaryFolder()
  const workers: Worker[] = []
  const store = await openSqliteStore({
    folder,
    startWorker: (input) => {
      workers.push(new Worker(new URL('./worker.ts', import.meta.url), { workerData: input }))
      return workers[0]!
    },
  })
  await workers[0]!.terminate()
  await store.close()
  await expect(store.list()).rejects.toMatchObject({ code: 'closed' })
})

test('[K1] a file that is no database is refused as damaged and left as it is', async () => {
  const folder = await temporaryFolder()
  await writeFile(
    join(folder, 'kolam.db'),
    'this is no database, and it is long enough to say so\n',
  )
  await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'corrupt' })
})

test('[O4] a failed call does not stop later ones', async () => {
  const store = await openSqliteStore({ folder: await temporaryFolder() })
  await store.append(one)
  await expect(store.compact('a', numbered(1), 7)).rejects.toMatchObject({ code: 'invalid' })
  expect(numbersIn(await store.open('a'))).toEqual([1])
  await store.close()
})
