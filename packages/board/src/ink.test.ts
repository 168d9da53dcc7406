import { array, assert as check, double, property, tuple, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BoardError, decodeInk, encodeInk, FIRST_PAGE, type InkPoint } from './index.ts'
import { inkBounds } from './ink.ts'
import { boxFromPoints } from '@kolam/geometry'
import { copyOf, expectSound, keysOf, newBoard, send, writeRaw } from './testing/boards.ts'

const coordinate = double({ min: -1e6, max: 1e6, noNaN: true })
const pressure = double({ min: 0, max: 1, noNaN: true })
const stroke = array(tuple(coordinate, coordinate, pressure))

describe('Ink', () => {
  test('[I1] reads back within its precision', () => {
    check(
      property(stroke, (points: InkPoint[]) => {
        const read = decodeInk(encodeInk(points))
        expect(read.length).toBe(points.length)
        points.forEach(([x, y, p], i) => {
          const [readX, readY, readP] = read[i]!
          expect(Math.abs(readX - x)).toBeLessThanOrEqual(1 / 32)
          expect(Math.abs(readY - y)).toBeLessThanOrEqual(1 / 32)
          expect(Math.abs(readP - p)).toBeLessThanOrEqual(1 / 510 + 1e-9)
        })
        const box = boxFromPoints(read.map(([x, y]) => ({ x, y })))
        expect(inkBounds(encodeInk(points))).toEqual(box)
      }),
    )
  })

  test('[I1] bounds what is too large and leaves out what is no number', () => {
    const points = [
      [Number.NaN, 0, 0.5],
      [1e12, -1e12, 7],
      [0, Infinity, 0],
    ] as const
    expect(decodeInk(encodeInk(points))).toEqual([[1e9, -1e9, 1]])
  })

  test('[I2] costs little', () => {
    const steps = Array.from({ length: 1_000 }, (_, i) => i)
    const pen = steps.map((i) => [i * 3.1, Math.sin(i) * 3, (i % 8) / 8] as const)
    const mouse = pen.map(([x, y]) => [x, y, 0.5] as const)
    expect(encodeInk(mouse).length).toBeLessThanOrEqual(3 * 1_000 + 5)
    expect(encodeInk(pen).length).toBeLessThanOrEqual(4 * 1_000 + 5)
  })

  test('[I3] refuses bytes that are no stroke', () => {
    const good = encodeInk([
      [1, 2, 0.5],
      [3, 4, 0.6],
    ])
    const bad = [
      new Uint8Array(),
      good.slice(0, -1),
      Uint8Array.of(...good, 0),
      Uint8Array.of(2, ...good.slice(1)),
      Uint8Array.of(1, 2, ...good.slice(2)),
      Uint8Array.of(1, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0),
      Uint8Array.of(1, 0, 1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x07, 0),
      Uint8Array.of(1, 1, 1, 0, 0, 0x41),
    ]
    for (const bytes of bad) {
      expect(() => decodeInk(bytes)).toThrow(expect.objectContaining({ code: 'ink' }))
      expect(() => inkBounds(bytes)).toThrow(BoardError)
    }
  })

  test('[I3] gives a stroke or a BoardError for any bytes', () => {
    check(
      property(uint8Array({ maxLength: 40 }), (bytes) => {
        expect(outcome(bytes)).toBe(true)
      }),
    )
  })

  test('[I6,C6] that does not decode is left out and kept', () => {
    const board = newBoard()
    board.insert([{ kind: 'draw', id: 'a', ink: [[1, 1, 0.5]] }])
    const good = encodeInk([[5, 5, 0.5]])
    writeRaw(board, 'a', { ink: 'no bytes', 'ink:0': good, 'ink:1': Uint8Array.of(9, 9) })
    expect(board.shape('a')?.ink.map(([x, y]) => [x, y])).toEqual([[5, 5]])
    expect(keysOf(board, 'a')).toEqual(['init', 'ink', 'ink:0', 'ink:1'])
    expectSound(board)
  })
})

describe('A stroke being drawn', () => {
  test('[I4] is seen as it grows, then is one value in the box of its points', () => {
    const [ada, bob] = [newBoard(1), newBoard(2)]
    const writer = ada.beginStroke({ kind: 'draw', id: 's', at: [FIRST_PAGE, 100, 100] })
    writer.append([
      [0, 0, 0.5],
      [-10, 5, 0.5],
    ])
    send(ada, bob)
    expect(bob.shape('s')?.ink.length).toBe(2)
    for (let i = 0; i < 12; i++) writer.append([[i, 20, 0.5]])
    send(ada, bob)
    expect(bob.shape('s')?.ink.map(([x]) => x)).toEqual([
      0, -10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ])
    const before = bob.pageBounds('s')
    writer.finish()
    writer.append([[500, 500, 1]])
    send(ada, bob)
    expect(keysOf(bob, 's')).toEqual(['at', 'h', 'init', 'ink', 'w'])
    expect(bob.shape('s')).toMatchObject({ at: [FIRST_PAGE, 90, 100], w: 21, h: 20 })
    expect(bob.pageBounds('s')).toEqual(before)
    expectSound(bob)
  })

  test('[I4] keeps the points it began with', () => {
    const board = newBoard()
    const writer = board.beginStroke({ kind: 'draw', id: 's', ink: [[7, 7, 0.5]] })
    writer.append([[8, 9, 0.5]])
    expect(board.shape('s')?.ink.length).toBe(2)
    writer.finish()
    expect(board.shape('s')?.ink.length).toBe(2)
    expect(board.pageBounds('s')).toEqual({ x: 7, y: 7, w: 1, h: 2 })
  })

  test('[I4] that is turned stays where it was drawn', () => {
    const board = newBoard()
    const writer = board.beginStroke({ kind: 'draw', id: 's', w: 40, h: 40, angle: 1 })
    writer.append([
      [10, 10, 0.5],
      [30, 20, 0.5],
    ])
    const before = board.pageBounds('s')
    writer.finish()
    expect(board.pageBounds('s')).toEqual(before)
  })

  test('[I5] and removed by somebody writes nowhere', () => {
    const [ada, bob] = [newBoard(1), newBoard(2)]
    const writer = ada.beginStroke({ kind: 'draw', id: 's' })
    send(ada, bob)
    bob.remove(['s'])
    send(bob, ada)
    writer.append([[1, 1, 1]])
    writer.finish()
    expect([ada.size, copyOf(ada).size]).toEqual([0, 0])
  })

  test('[I5] that is cancelled is gone', () => {
    const board = newBoard()
    const writer = board.beginStroke({ kind: 'draw' })
    writer.append([[1, 1, 1]])
    writer.cancel()
    writer.cancel()
    expect(board.size).toBe(0)
  })
})

/** Whether decoding gave finite points or a BoardError. */
function outcome(bytes: Uint8Array): boolean {
  try {
    return decodeInk(bytes).every((point) => point.every(Number.isFinite))
  } catch (error) {
    return error instanceof BoardError
  }
}
