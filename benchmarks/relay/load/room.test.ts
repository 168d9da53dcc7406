/** An update counts once, in order, however a server merges it and whoever else hears something in between. */
import assert from 'node:assert/strict'
import test from 'node:test'
import * as Y from 'yjs'
import { clientFrame } from './client-frame.ts'
import { Room } from './room.ts'
import { Wire } from './wire.ts'
import { Writer } from './writer.ts'

const wire = new Wire('y-websocket', 'room')
const plan = { name: 'Ada', wire, moves: 4, cursors: 2, moveBytes: 0 }
const HEADER = 6 // of a short frame of a client
const MESSAGE = 3 // sync, update, length

function updateIn(frame: Buffer): Uint8Array {
  return frame.subarray(HEADER + MESSAGE)
}

void test('each move is one clock of its writer', () => {
  const ada = new Writer({ ...plan, client: 1000 })
  const room = new Room('room', wire, [ada])
  const birth = room.rangesOf(updateIn(clientFrame(wire.update(new Uint8Array([0, 0])))))
  assert.deepEqual(birth, [])
  ada.giveBirth()
  const born = ada.clocks
  const move = room.rangesOf(updateIn(ada.nextMove()))
  assert.deepEqual(move, [{ writer: 0, from: born, to: born + 1 }])
  assert.equal(ada.clocks, born + 1)
})

void test('a merged update counts for every writer in it, and a gap is no delivery', () => {
  const [ada, bob] = [new Writer({ ...plan, client: 1000 }), new Writer({ ...plan, client: 2000 })]
  const room = new Room('room', wire, [ada, bob])
  const [first, , third] = [ada.nextMove(), ada.nextMove(), ada.nextMove()].map(updateIn)
  const merged = Y.mergeUpdates([first!, third!, updateIn(bob.nextMove())])
  const ranges = room.rangesOf(merged).sort((a, b) => a.writer - b.writer || a.from - b.from)
  const born = ranges[0]!.from
  assert.deepEqual(ranges, [
    { writer: 0, from: born, to: born + 1 },
    { writer: 0, from: born + 2, to: born + 3 },
    { writer: 1, from: born, to: born + 1 },
  ])
})

void test('every reader of a tape reads its own messages in order', () => {
  let decoded = 0
  const ada = new Writer({ ...plan, client: 1000 })
  const room = new Room('room', wire, [ada])
  const tape = room.updates
  const decode = room.rangesOf.bind(room)
  room.rangesOf = (update) => {
    decoded += 1
    return decode(update)
  }
  const moves = Array.from({ length: 4 }, () => Buffer.from(updateIn(ada.nextMove())))
  const [first, second] = [tape.reader(), tape.reader()]
  const read = (reader: typeof first, move: Buffer): number =>
    reader.read(move, 0, move.length)[0]!.from
  const all = moves.map((move) => read(first, move))
  assert.equal(decoded, 4)
  const some = [moves[0]!, moves[2]!, moves[3]!].map((move) => read(second, move))
  assert.deepEqual(some, [all[0], all[2], all[3]])
  assert.equal(decoded, 4)
})
