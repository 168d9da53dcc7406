import { describe, expect, test } from 'vitest'
import { TestSocket } from '../testing/socket-pair.ts'
import { lazySockets } from './lazy-sockets.ts'
import { settle } from './line/testing/fake-http.ts'

function makeLazy(canLoad = true) {
  const inner = new TestSocket([])
  const told: unknown[] = []
  let opened = 0
  const open = lazySockets(async () => {
    if (!canLoad) throw new Error('not here')
    return () => {
      opened += 1
      return inner
    }
  })
  const socket = open('ws://kolam.test/sync/board', [])
  socket.handlers = {
    onopen: (protocol) => told.push(['open', protocol]),
    onmessage: (bytes) => told.push([...bytes]),
    onclose: (code, reason) => told.push(['close', code, reason]),
  }
  return { inner, told, socket, opened: () => opened }
}

describe('a socket whose code is loaded first', () => {
  test('[T10] passes everything on', async () => {
    const { inner, told, socket } = makeLazy()
    expect(socket.bufferedAmount).toBe(0)
    await settle()
    inner.accept()
    inner.raw(1)
    inner.bufferedAmount = 7
    expect(socket.bufferedAmount).toBe(7)
    socket.send(new Uint8Array([100, 1]))
    expect(inner.sent).toEqual([{ type: 'ping', nonce: 1 }])
    inner.drop(4401, 'Who?')
    socket.close(1000, 'Bye')
    expect([told, inner.closed]).toEqual([
      [['open', 'kolam.1'], [1], ['close', 4401, 'Who?']],
      { code: 1000, reason: 'Bye' },
    ])
  })

  test('[T10] is gone where it does not load, and is not opened where nobody waits any more', async () => {
    const { told } = makeLazy(false)
    await settle()
    expect(told).toEqual([['close', 1006, '']])
    const given = makeLazy()
    given.socket.close(1000, '')
    await settle()
    expect([given.told, given.opened()]).toEqual([[], 0])
  })
})
