import { expect, test } from 'vitest'
import { nextLine, startFixture } from './fixtures/child.ts'
import { temporaryFolder } from './fixtures/folder.ts'
import { openSqliteStore } from './index.ts'

test('[O1] a folder another process holds is refused by name, until that process is killed', async () => {
  const folder = await temporaryFolder()
  const child = startFixture('hold-lock.ts', [folder])
  expect(await nextLine(child)).toBe('open')

  const refused = openSqliteStore({ folder })
  await expect(refused).rejects.toMatchObject({ code: 'locked' })
  await expect(refused).rejects.toThrow(new RegExp(`process ${child.process.pid} .*since 20`))

  child.process.kill('SIGKILL')
  await child.ended
  const store = await openSqliteStore({ folder })
  expect(await store.list()).toEqual([])
  await store.close()
})

test('[O1] a second store in the same process is refused too, and the first keeps its lock', async () => {
  const folder = await temporaryFolder()
  const store = await openSqliteStore({ folder })
  await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'locked' })
  await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'locked' })
  await store.close()
  const next = await openSqliteStore({ folder })
  await next.close()
})

test('[O2] a folder that cannot be is refused with a code', async () => {
  const folder = await temporaryFolder()
  const store = await openSqliteStore({ folder })
  await store.close()
  await expect(openSqliteStore({ folder: `${folder}/kolam.db/below` })).rejects.toMatchObject({
    code: 'unavailable',
  })
})
