import type { Editor, PointerInput } from '@kolam/editor'
import { expect, test } from 'vitest'
import { PointerSource } from './pointer.ts'

type Listener = (event: object) => void

/** A board's element 100 pixels to the right, and an editor that writes down what it is told. */
function board() {
  const listeners = new Map<string, Listener>()
  const element = {
    addEventListener: (name: string, listener: Listener) => void listeners.set(name, listener),
    removeEventListener: (name: string) => void listeners.delete(name),
    getBoundingClientRect: () => ({ left: 100, top: 0 }),
    setPointerCapture: () => {},
  } as unknown as HTMLElement
  const told: PointerInput[] = []
  const editor = { pointerMove: (input: PointerInput) => told.push(input) } as unknown as Editor
  const stop = new PointerSource({ element, editor, moved: () => {} }).start()
  const move = (x: number, more: object = {}): PointerInput => {
    listeners.get('pointermove')?.({ ...eventAt(x), ...more })
    return told.at(-1)!
  }
  return { move, stop, listeners }
}

function eventAt(x: number): object {
  return {
    type: 'pointermove',
    pointerType: 'pen',
    buttons: 1,
    pressure: 0.5,
    clientX: x,
    clientY: 0,
  }
}

const all = (...xs: number[]) => ({
  getCoalescedEvents: () => xs.map(eventAt),
  getPredictedEvents: () => xs.map((x) => eventAt(x + 50)),
})

test('a move while pressed tells every sample and where the pointer is likely to be', () => {
  const { move } = board()
  const { at, samples, predicted } = move(130, all(110, 120, 130))
  expect(at.x).toBe(30)
  expect(samples?.map((sample) => sample.at.x)).toEqual([10, 20, 30])
  expect(predicted?.map((sample) => sample.at.x)).toEqual([60, 70, 80])
})

test('a move above the board is one place', () => {
  const { samples, predicted } = board().move(130, { buttons: 0, ...all(110, 120, 130) })
  expect([samples, predicted]).toEqual([undefined, undefined])
})

test('a browser that tells neither, as on plain HTTP, still draws', () => {
  const { move, stop, listeners } = board()
  expect(move(130)).toMatchObject({ at: { x: 30, y: 0 }, pressure: 0.5 })
  stop()
  expect(listeners.size).toBe(0)
})
