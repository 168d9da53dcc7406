import { array, assert as check, double, integer, property, tuple, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Board,
  BoardError,
  decodeInk,
  encodeInk,
  FIRST_PAGE,
  growingInk,
  InkTrail,
  onInkGrid,
  type InkPoint,
} from './index.ts'
import { inkBounds } from './ink.ts'
import { boxFromPoints } from '@kolam/geometry'
import { copyOf, expectSound, keysOf, mapOf, newBoard, send, writeRaw } from './testing/boards.ts'

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

  test('[I1] reads back as it is put on the grid, and stays there', () => {
    check(
      property(stroke, (points: InkPoint[]) => {
        const put = points.map(onInkGrid)
        expect(decodeInk(encodeInk(points))).toEqual(put)
        expect(put.map(onInkGrid)).toEqual(put)
      }),
    )
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

  test('[I8] reads as if it had been written at once, and is read on', () => {
    check(
      property(
        array(array(tuple(coordinate, coordinate, pressure), { maxLength: 40 })),
        (parts) => {
          const [ada, bob] = [newBoard(1), newBoard(2)]
          const trail = new InkTrail([onInkGrid([0, 0, 0.5])])
          const writer = ada.beginStroke({ kind: 'draw', id: 's', at: HERE, ink: trail.points })
          const trails = new Set<InkTrail | undefined>()
          for (const part of parts) {
            const [old, known] = [bob.shape('s'), bob.shape('s')?.ink]
            for (const point of part) trail.push(onInkGrid(point))
            writer.append(part)
            send(ada, bob)
            expect(bob.shape('s')?.ink).toEqual(trail.points)
            expect(bob.pageBounds('s')).toEqual(boxFromPoints(trail.points.map(toVec)))
            expect(trail.box).toEqual(boxFromPoints(trail.points.map(toVec)))
            expect(old?.ink).toBe(known)
            if (part.length > 0) trails.add(growingInk(bob.shape('s')!))
          }
          expect(trails.size).toBeLessThanOrEqual(1)
          writer.finish()
          send(ada, bob)
          expect(growingInk(bob.shape('s')!)).toBe(undefined)
        },
      ),
    )
  })

  test('[I8] that becomes another stroke is read anew; what was handed out stays', () => {
    const board = newBoard()
    const writer = board.beginStroke({ kind: 'draw', id: 's' })
    writer.append([
      [1, 1, 0],
      [2, 2, 0],
    ])
    const [before, trail] = [board.shape('s')!, growingInk(board.shape('s')!)]
    writer.append([[3, 3, 0]])
    expect(before.ink.map(([x]) => x)).toEqual([1, 2])
    writeRaw(board, 's', {
      'ink:0': encodeInk([
        [1, 1, 0],
        [7, 7, 0],
        [8, 8, 0],
      ]),
    })
    expect(board.shape('s')?.ink.map(([x]) => x)).toEqual([1, 7, 8])
    expect(growingInk(board.shape('s')!)).not.toBe(trail)
    writeRaw(board, 's', { 'ink:0': encodeInk([[1, 1, 0]]) })
    expect(board.shape('s')?.ink.map(([x]) => x)).toEqual([1])
    expect(before.ink.map(([x]) => x)).toEqual([1, 2])
    expectSound(board)
  })

  test('[I7] is written in short chunks, and not in many', () => {
    check(
      property(array(integer({ min: 1, max: 50 }), { maxLength: 60 }), (lengths) => {
        const board = newBoard()
        const writer = board.beginStroke({ kind: 'draw', id: 's', ink: [[0, 0, 0]] })
        let total = 1
        for (const length of lengths) {
          const fresh = Array.from({ length }, (_, i): InkPoint => [total + i, 0, 0])
          const before = piecesOf(board)
          writer.append(fresh)
          total += length
          const written = piecesOf(board).filter((bytes) => !before.includes(bytes))
          expect(written.length).toBe(1)
          expect(decodeInk(written[0]!).length).toBeLessThanOrEqual(32 + length)
        }
        expect(piecesOf(board).length).toBeLessThanOrEqual(total / 32 + 1)
        expect(board.shape('s')?.ink.length).toBe(total)
      }),
    )
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

const HERE = [FIRST_PAGE, 0, 0] as const

function toVec([x, y]: InkPoint): { x: number; y: number } {
  return { x, y }
}

function piecesOf(board: Board): Uint8Array[] {
  const map = mapOf(board, 's')
  const keys = keysOf(board, 's').filter((key) => key.startsWith('ink'))
  return keys.map((key) => map.get(key) as Uint8Array)
}

/** Whether decoding gave finite points or a BoardError. */
function outcome(bytes: Uint8Array): boolean {
  try {
    return decodeInk(bytes).every((point) => point.every(Number.isFinite))
  } catch (error) {
    return error instanceof BoardError
  }
}
