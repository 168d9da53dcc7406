import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Board } from '../index.ts'
import { compareBoards, restoreBoard, restoreUpdate } from './index.ts'
import { dump, expectSound, ids, meet, newBoard, seeds } from '../testing/boards.ts'
import {
  differing,
  hasOrphans,
  plainReadingOf,
  readingOf,
  stateOf,
  TwoPeople,
} from '../testing/histories.ts'

// Repeat one failure with: SEED=17 npx vitest run packages/board/src/history/history.test.ts
describe('Any history', () => {
  test.each(seeds(40))('[V1,V2,V3] is restored whole, undone and redone (seed %i)', (seed) =>
    withStory(seed, ({ ada, bob, past }) => {
      ada.undo.mark()
      bob.undo.mark()
      const before = plainReadingOf(ada)
      const hadOrphans = hasOrphans(ada)
      const changed = restoreBoard(ada, past.doc)
      expect(readingOf(ada)).toEqual(readingOf(past))
      expect(ada.title).toBe(past.title)
      meet(ada, bob)
      expect(readingOf(bob)).toEqual(readingOf(past))
      expect(bob.doc.toJSON()).toEqual(ada.doc.toJSON())
      expectSound(ada)
      expect(updatesOf(ada, () => restoreBoard(ada, past.doc))).toBe(0)

      // U4 and U5 keep a parent that holds what somebody else made.
      const undoable = changed.length > 0 && !hadOrphans && !hasOrphans(past)
      const reading = (step: () => boolean): unknown => {
        if (undoable) step()
        return plainReadingOf(ada)
      }
      expect(reading(() => ada.undo.undo())).toEqual(undoable ? before : plainReadingOf(past))
      expect(reading(() => ada.undo.redo())).toEqual(plainReadingOf(past))
      bob.undo.undo()
      meet(ada, bob)
      expect(dump(ada)).toEqual(dump(bob))
      for (const board of [ada, bob]) expectSound(board)
    }),
  )

  test.each(seeds(40))('[V1,V3] keeps what others do meanwhile (seed %i)', (seed) =>
    withStory(seed, ({ ada, bob, past }) => {
      const random = seededRandom(seed)
      bob.insert([{ kind: 'text', id: 'late', text: 'late' }])
      restoreBoard(ada, past.doc)
      while (bob.undo.canUndo && random() < 0.5) bob.undo.undo()
      bob.insert([{ kind: 'text', id: 'later', text: 'later' }])
      meet(ada, bob)
      expect(readingOf(ada)).toEqual(readingOf(bob))
      expect(ada.shape('later')?.text).toBe('later')
      for (const board of [ada, bob]) expectSound(board)
    }),
  )

  test.each(seeds(40))('[V4] restores chosen shapes and leaves the others (seed %i)', (seed) =>
    withStory(seed, ({ ada, past }) => {
      const random = seededRandom(seed)
      const before = new Board(stateOf(ada))
      const all = [...new Set([...ids(before.shapes()), ...ids(past.shapes())])]
      const chosen = all.filter(() => random() < 0.1)
      const { title } = ada
      const changed = restoreBoard(ada, past.doc, chosen)
      expect(ada.title).toBe(title)
      expect(differing(ada, before)).toEqual(changed.toSorted())
      const wrong = new Set(differing(ada, past))
      expect(chosen.filter((id) => wrong.has(id))).toEqual([])
      expectSound(ada)
      expect(updatesOf(ada, () => restoreBoard(ada, past.doc, chosen))).toBe(0)
    }),
  )

  test.each(seeds(40))('[V10] is compared as it reads (seed %i)', (seed) =>
    withStory(seed, ({ ada, past }) => {
      const diff = compareBoards(past.doc, stateOf(ada))
      const [then, now] = [new Set(ids(past.shapes())), new Set(ids(ada.shapes()))]
      const idsOf = (list: readonly { id: string }[]): string[] =>
        list.map(({ id }) => id).toSorted()
      expect(idsOf(diff.added)).toEqual([...now].filter((id) => !then.has(id)).toSorted())
      expect(idsOf(diff.removed)).toEqual([...then].filter((id) => !now.has(id)).toSorted())
      const both = differing(ada, past).filter((id) => then.has(id) && now.has(id))
      expect(idsOf(diff.changed)).toEqual(both)
      for (const { props } of diff.changed) expect(props.length).toBeGreaterThan(0)
      expect(diff.title).toEqual(
        past.title === ada.title ? null : { before: past.title, after: ada.title },
      )
      restoreBoard(ada, past.doc)
      expect(compareBoards(past.doc, stateOf(ada))).toEqual({
        added: [],
        removed: [],
        changed: [],
        title: null,
      })
    }),
  )

  test.each(seeds(20))('[V9] is restored by an update without a board (seed %i)', (seed) =>
    withStory(seed, ({ ada, past }) => {
      const update = restoreUpdate(stateOf(ada), past.doc)
      if (update) Y.applyUpdate(ada.doc, update, 'network')
      expect(readingOf(ada)).toEqual(readingOf(past))
      expect(restoreUpdate(stateOf(ada), past.doc)).toBeNull()
    }),
  )
})

/** Says on failure what had been done, so that a seed can be read. */
function withStory(seed: number, run: (history: History) => void): void {
  const history = randomHistory(seed)
  try {
    run(history)
  } catch (error) {
    throw new Error(`after ${history.story.join(', ')}`, { cause: error })
  }
}

type History = TwoPeople & { readonly past: Board }

/** Two people with a common past, who have edited since and met again. */
function randomHistory(seed: number): History {
  const random = seededRandom(seed)
  const people = new TwoPeople(seed, random)
  people.edit(30)
  meet(people.ada, people.bob)
  const past = newBoard()
  Y.applyUpdate(past.doc, Y.encodeStateAsUpdate(people.ada.doc))
  people.edit(30)
  meet(people.ada, people.bob)
  return Object.assign(people, { past })
}

function updatesOf(board: Board, run: () => unknown): number {
  let count = 0
  const listen = (): void => void count++
  board.doc.on('update', listen)
  run()
  board.doc.off('update', listen)
  return count
}
