import { describe, expect, test } from 'vitest'
import { Outbox } from './outbox.ts'

/** Bytes that read as an update with content (its first number, the authors, is not 0). */
const content = (id: number) => new Uint8Array([1, 1, id, 0])
/** Bytes that read as deletions only. */
const deletion = (id: number) => new Uint8Array([0, 1, id])
/** An update that says nothing. */
const NOTHING = new Uint8Array([0, 0])

/** Who sends it. */
const at = (nowMs: number) => ({ clientId: 7, nowMs })

/** An outbox whose handshake was answered with nothing to say, and whose answer came. */
function openOutbox(): Outbox {
  const outbox = new Outbox()
  outbox.answer(NOTHING, at(0))
  outbox.known()
  return outbox
}

/** Adds one update and sends it at once; by default one that was made here. */
function send(outbox: Outbox, update: Uint8Array, local = true): void {
  outbox.add({ update, sinceMs: 5, local })
  expect(outbox.take(at(6))).toEqual(update)
}

describe('Outbox', () => {
  test('[A2] an echo acknowledges only the oldest message, and only with equal bytes', () => {
    const outbox = openOutbox()
    send(outbox, content(1))
    send(outbox, content(2))
    expect(outbox.echoed(content(2))).toBe(false)
    expect(outbox.echoed(new Uint8Array([1, 1, 0]))).toBe(false)
    expect(outbox.all.changes).toBe(2)
    expect(outbox.echoed(content(1))).toBe(true)
    expect(outbox.echoed(content(1))).toBe(false)
    expect(outbox.all.changes).toBe(1)
    expect(outbox.echoed(content(2))).toBe(true)
    expect([outbox.all.changes, outbox.all.sinceMs, outbox.sentMs]).toEqual([0, Infinity, null])
  })

  test('[A3] known() acknowledges the oldest message', () => {
    const outbox = openOutbox()
    send(outbox, content(1))
    send(outbox, content(2))
    outbox.known()
    expect(outbox.echoed(content(2))).toBe(true)
    expect(outbox.all.changes).toBe(0)
  })

  test('[A4] known() after deletions that somebody else may have made is for those', () => {
    const outbox = openOutbox()
    send(outbox, deletion(1), false)
    send(outbox, content(2))
    expect(outbox.echoed(deletion(1))).toBe(true) // another person's
    outbox.known() // ours was known by then
    expect(outbox.all.changes).toBe(1)
    outbox.known()
    expect(outbox.all.changes).toBe(0)
  })

  test('[A4] deletions do not carry away an unanswered handshake uncounted', () => {
    const outbox = new Outbox()
    outbox.answer(NOTHING, at(0))
    send(outbox, deletion(1), false)
    send(outbox, content(2))
    expect(outbox.echoed(deletion(1))).toBe(true)
    outbox.known()
    outbox.known()
    expect(outbox.all.changes).toBe(1)
  })

  test('[A4] an echo of bytes only we can have made says that all before it was answered', () => {
    const outbox = openOutbox()
    send(outbox, deletion(1), false)
    send(outbox, content(2))
    outbox.echoed(deletion(1))
    outbox.echoed(content(2))
    send(outbox, content(3))
    outbox.known()
    expect(outbox.all.changes).toBe(0)
  })

  test('[A4] deletions made here are signed, so that nobody else’s bytes are the same', () => {
    const outbox = openOutbox()
    outbox.add({ update: deletion(1), sinceMs: 5, local: true })
    const sent = outbox.take(at(6))
    expect(sent).toEqual(new Uint8Array([1, 0, 7, 2, 1, 1]))
    send(outbox, content(2))
    expect(outbox.echoed(deletion(1))).toBe(false)
    expect(outbox.echoed(sent ?? NOTHING)).toBe(true)
    expect(outbox.all.changes).toBe(1)
    outbox.known()
    expect(outbox.all.changes).toBe(0)
  })

  test('[A4] a handshake that brings deletions made here is signed too, others are not', () => {
    const outbox = openOutbox()
    outbox.add({ update: deletion(1), sinceMs: 5, local: true })
    outbox.take(at(6))
    outbox.lost()
    expect(outbox.answer(deletion(9), at(7))).toEqual(new Uint8Array([1, 0, 7, 3, 1, 9]))
    outbox.known()
    outbox.lost()
    expect(outbox.answer(deletion(9), at(8))).toEqual(deletion(9))
  })

  test('[A5] lost() makes everything unanswered wait again for the next answer()', () => {
    const outbox = openOutbox()
    send(outbox, content(1))
    outbox.add({ update: content(2), sinceMs: 9, local: true })
    outbox.lost()
    expect([outbox.all.changes, outbox.all.sinceMs, outbox.ready]).toEqual([2, 5, false])
    expect(outbox.echoed(content(1))).toBe(false)
    outbox.add({ update: content(3), sinceMs: 11, local: true })
    expect(outbox.take(at(12))).toBeNull()
    const sent = outbox.answer(content(9), at(12))
    expect(outbox.echoed(sent)).toBe(true)
    expect(outbox.all.changes).toBe(0)
  })

  test('[A4] what an earlier line sent and the server stores late is no echo of the same on this one', () => {
    const outbox = openOutbox()
    send(outbox, content(1))
    outbox.lost()
    const sent = outbox.answer(content(1), at(12))
    send(outbox, content(2))
    expect(outbox.echoed(content(1))).toBe(false)
    outbox.known()
    expect(outbox.all.changes).toBe(1)
    outbox.lost()
    expect(outbox.answer(content(1), at(13))).not.toEqual(sent)
    outbox.known()
    outbox.lost()
    expect(outbox.answer(content(3), at(14))).toEqual(content(3))
  })

  test('[A6] the answer to a handshake with nothing to say is not taken for a change’s', () => {
    const outbox = new Outbox()
    outbox.answer(NOTHING, at(0))
    expect(outbox.all.changes).toBe(0)
    send(outbox, content(1))
    outbox.known()
    expect(outbox.all.changes).toBe(1)
    outbox.known()
    expect(outbox.all.changes).toBe(0)
  })

  test('[A6] a server that never answers such a handshake does not block what follows', () => {
    const outbox = new Outbox()
    outbox.answer(NOTHING, at(0))
    send(outbox, content(1))
    expect(outbox.echoed(content(1))).toBe(true)
    expect(outbox.all.changes).toBe(0)
  })

  test('[A6] content the server lacks although it was saved is a change again', () => {
    const outbox = new Outbox()
    outbox.answer(content(1), at(7))
    expect([outbox.all.changes, outbox.all.sinceMs]).toEqual([1, 7])
    outbox.echoed(content(1))
    expect(outbox.all.changes).toBe(0)
  })

  test('[A8] settle() acknowledges everything up to its mark and nothing after', () => {
    const outbox = openOutbox()
    send(outbox, content(1))
    send(outbox, content(2))
    const { mark } = outbox
    send(outbox, content(3))
    outbox.settle(mark)
    expect(outbox.all.changes).toBe(1)
    expect(outbox.echoed(content(3))).toBe(true)
  })
})
