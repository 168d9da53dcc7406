/**
 * What a board of mixed shapes takes in memory and processor time, printed:
 *
 *     node --expose-gc packages/board/src/testing/memory.ts 50000
 */
import { seededRandom, type Random } from '@kolam/base'
import * as Y from 'yjs'
import { Board, type NewShape } from '../index.ts'

interface Machine {
  readonly gc?: () => void
  readonly console: { log(text: string): void }
  readonly process: {
    readonly argv: readonly string[]
    memoryUsage(): { readonly heapUsed: number; readonly external: number }
    threadCpuUsage(): { readonly user: number; readonly system: number }
  }
}

const { gc, console, process } = globalThis as unknown as Machine
const SIDE = 40_000

/** A quarter strokes, a quarter texts, a quarter boxes, a quarter arrows. */
function mixedShape(i: number, random: Random): NewShape {
  const at = ['page:1', Math.round(random() * SIDE), Math.round(random() * SIDE)] as const
  const kinds: readonly NewShape[] = [
    { kind: 'draw', at, pressure: true, ink: stroke(20 + Math.floor(random() * 80), random) },
    { kind: 'text', at, text: `Words that say a little ${i}` },
    { kind: 'rectangle', at, fill: '#ffd8a8', roughness: 1, seed: i, text: 'A box' },
    { kind: 'arrow', at, points: [[0, 0] as const, [90, 60] as const], endHead: 'arrow' },
  ]
  return kinds[i % kinds.length]!
}

function stroke(length: number, random: Random): [number, number, number][] {
  let [x, y] = [0, 0]
  return Array.from({ length }, () => {
    x += random() * 6 - 2
    y += random() * 6 - 3
    return [x, y, 0.3 + random() / 2]
  })
}

function stateOf(count: number): Uint8Array {
  const random = seededRandom(1)
  const board = new Board(new Y.Doc(), { random })
  board.insert(Array.from({ length: count }, (_, i) => mixedShape(i, random)))
  return Y.encodeStateAsUpdate(board.doc)
}

/** Runs it; gives its value, and bytes kept per shape and milliseconds of this thread as words. */
function measured<T>(name: string, count: number, run: () => T): T {
  const [bytes, ms] = [bytesUsed(), msUsed()]
  const value = run()
  const tookMs = Math.round(msUsed() - ms)
  const perShape = Math.round((bytesUsed() - bytes) / count)
  console.log(`${name}: ${perShape} bytes a shape, ${tookMs} ms`)
  return value
}

function bytesUsed(): number {
  if (!gc) throw new Error('Cannot measure memory without --expose-gc')
  gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function msUsed(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

const count = Number(process.argv[2] ?? 50_000)
const state = stateOf(count)
console.log(`update: ${Math.round(state.length / count)} bytes a shape`)
const doc = new Y.Doc()
measured('Y.Doc', count, () => Y.applyUpdate(doc, state))
const board = measured('Board', count, () => new Board(doc))
measured('z-order', count, () => board.ordered())
