import { afterEach, expect, test, vi } from 'vitest'
import { openBroadcastChannel } from './broadcast-channel.ts'

afterEach(() => vi.unstubAllGlobals())

test('[B3] pages of a document hear each other, and no others', async () => {
  const [one, two] = [openBroadcastChannel('a')!, openBroadcastChannel('a')!]
  const other = openBroadcastChannel('b')!
  const stranger = new BroadcastChannel('kolam:a')
  const heard: unknown[] = []
  one.listener = other.listener = () => heard.push('never')
  const last = new Promise<void>((resolve) => {
    two.listener = (bytes) => {
      heard.push([...bytes])
      if (heard.length === 2) resolve()
    }
  })
  one.post(new Uint8Array([1, 2]))
  one.listener = null
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  stranger.postMessage('no bytes')
  one.post(new Uint8Array([3]))
  await last
  for (const channel of [one, two, other, stranger]) channel.close()
  expect(heard).toEqual([[1, 2], [3]])
})

test('[B3] a browser without channels has none', () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  expect(openBroadcastChannel('a')).toBeNull()
})
