import { seededRandom } from '@kolam/base'
import type { Box } from '@kolam/geometry'
import { describe, expect, test } from 'vitest'
import type { Board } from './index.ts'
import { dump, expectSound, ids, meet, newBoard, seeds, send } from './testing/boards.ts'
import { randomEdit } from './testing/random-edits.ts'

const EDITS = 60
const PROBES: readonly Box[] = [
  { x: 0, y: 0, w: 0, h: 0 },
  { x: -200, y: -200, w: 300, h: 200 },
  { x: -5_000, y: -5_000, w: 10_000, h: 10_000 },
]

// Repeat one failure with: SEED=17 npx vitest run packages/board/src/convergence.test.ts
describe('Boards that edit at the same time', () => {
  test.each(seeds(25))('[D9,C5,C6,G3,O5] end equal and sound (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const boards = [newBoard(seed), newBoard(seed + 1_000), newBoard(seed + 2_000)]
    const story: string[] = []
    for (let i = 0; i < EDITS; i++) {
      const board = boards[Math.floor(random() * boards.length)]!
      story.push(`${boards.indexOf(board)} ${randomEdit(board, random)}`)
      if (random() < 0.3) sync(boards, random)
      if (i % 10 === 0) for (const each of boards) sound(each, story)
    }
    meet(...boards)
    const [first, ...others] = boards
    for (const other of others) {
      expect(dump(other)).toEqual(dump(first!))
      expect(ids(other.ordered())).toEqual(ids(first!.ordered()))
      expect(other.doc.toJSON()).toEqual(first!.doc.toJSON())
    }
    for (const each of boards) sound(each, story)
  })

  test.each(seeds(10))('[C2,C3] damage covers what was and what is (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const [own, other] = [newBoard(seed), newBoard(seed + 1_000)]
    let before = boundsOf(own)
    own.on('change', (change) => {
      const after = boundsOf(own)
      const touched = new Set([...change.added, ...change.changed, ...change.removed])
      for (const id of touched) expect(change.affected).toContain(id)
      const differing = [...before.keys(), ...after.keys()].filter(
        (id) => touched.has(id) || !sameBox(before.get(id), after.get(id)),
      )
      for (const id of differing) expect(change.affected).toContain(id)
      const painted = differing.filter((id) => own.shape(id)?.kind !== 'group')
      const boxes = painted.flatMap((id) => [before.get(id) ?? [], after.get(id) ?? []]).flat()
      expect(boxes.filter((box) => !covers(change.damage, box))).toEqual([])
      before = after
    })
    for (let i = 0; i < EDITS; i++) {
      randomEdit(random() < 0.6 ? own : other, random)
      if (random() < 0.5) sync([own, other], random)
    }
    expect(before).toEqual(boundsOf(own))
  })
})

function sync(boards: readonly Board[], random: () => number): void {
  const from = boards[Math.floor(random() * boards.length)]!
  const to = boards[Math.floor(random() * boards.length)]!
  if (from !== to) send(from, to)
}

function sameBox(a: Box | undefined, b: Box | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function sound(board: Board, story: readonly string[]): void {
  try {
    expectSound(board, PROBES)
  } catch (error) {
    throw new Error(`after ${story.join(', ')}`, { cause: error })
  }
}

function boundsOf(board: Board): Map<string, Box> {
  return new Map(Array.from(board.ordered(), ({ id }) => [id, board.pageBounds(id)]))
}

function covers(damage: readonly Box[], { x, y, w, h }: Box): boolean {
  return damage.some(
    (box) => box.x <= x && box.y <= y && box.x + box.w >= x + w && box.y + box.h >= y + h,
  )
}
