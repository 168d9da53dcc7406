import { afterEach, expect, test, vi } from 'vitest'
import { openWebLocks } from './web-locks.ts'

afterEach(() => vi.unstubAllGlobals())

/** Two pages of one document, and a promise for something to be told. */
function makePages() {
  const told: string[] = []
  const note = (what: string) => () => void told.push(what)
  const heard = (run: (tell: () => void) => unknown) =>
    new Promise<void>((resolve) => void run(resolve))
  return { one: openWebLocks('a')!, two: openWebLocks('a')!, told, note, heard }
}

test('[B4] all who wait for a lock hear when it is free, unless they gave up before', async () => {
  const { one, two, told, note, heard } = makePages()
  let release = () => {}
  await heard((taken) => (release = one.hold(1, taken)))
  const waits = ['first', 'second'].map((name) =>
    heard((free) =>
      two.whenFree(1, () => {
        note(name)()
        free()
      }),
    ),
  )
  two.whenFree(1, note('gave up'))()
  // Whoever asks for another one gets it meanwhile, so that those who wait have been asked, too.
  for (const other of [2, 22]) await heard((free) => two.whenFree(other, free))
  expect(told).toEqual([])
  release()
  await Promise.all(waits)
  expect(told).toEqual(['first', 'second'])
})

test('[B4] a lock that was let go can be taken again, and one that was never taken is free', async () => {
  const { one, two, told, note, heard } = makePages()
  for (const name of ['first', 'second']) {
    let release = () => {}
    await heard((taken) => (release = one.hold(3, taken)))
    note(name)()
    release()
  }
  await heard((free) => two.whenFree(3, free))
  await heard((free) => two.whenFree(33, free))
  expect(told).toEqual(['first', 'second'])
})

test('[B4] documents do not share locks', async () => {
  const { one, two, told, note, heard } = makePages()
  let release = () => {}
  await heard((taken) => (release = one.hold(4, taken)))
  const here = heard((free) => two.whenFree(4, free)).then(note('here'))
  await heard((free) => openWebLocks('b')!.whenFree(4, free))
  note('elsewhere')()
  release()
  await here
  expect(told).toEqual(['elsewhere', 'here'])
})

test('[B4] a browser without locks has none, and one that refuses them tells nothing', async () => {
  vi.stubGlobal('navigator', {})
  expect(openWebLocks('a')).toBeNull()
  const refusal = Promise.reject(new DOMException('Not here', 'SecurityError'))
  vi.stubGlobal('navigator', { locks: { request: () => refusal } })
  const { one, told, note } = makePages()
  one.hold(5, note('taken'))()
  one.whenFree(5, note('free'))
  await refusal.catch(() => undefined)
  expect(told).toEqual([])
})
