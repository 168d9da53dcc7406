/** What `kolam history` changes. Each opens the data folder as a server would, and so refuses where one runs. */
import type { Clock } from '@kolam/base'
import type { Store } from '@kolam/persistence'
import { openSqliteStore } from '@kolam/persistence/sqlite'
import { readConfig } from '../config.ts'
import { PointMaker } from '../history/point-maker.ts'
import { Tidier } from '../history/tidier.ts'
import { type Outcome, said } from './command.ts'
import { CommandError } from './errors.ts'
import { inlineDocuments } from './inline-documents.ts'
import { countText } from './words.ts'

/** A document, and how its folder is kept. */
export interface Target {
  readonly folder: string
  readonly id: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => number
}

/** Who goes back from here: nobody at a board. */
const AUTHOR = ''

/** A store that is kept as the server with this environment would. */
export function openKept({ folder, env }: Pick<Target, 'folder' | 'env'>): Promise<Store> {
  return openSqliteStore({ folder, keepsHistory: readConfig(env).history !== null })
}

/** Makes points with the time of the call. */
export function makerOf(store: Store, now: () => number): PointMaker {
  const clock: Clock = { now, after: () => () => {} }
  return new PointMaker({ store, clock, documents: inlineDocuments })
}

/** Keeps the document as it is under a name. */
export function keep(target: Target, name: string): Promise<Outcome> {
  return withStore(target, async (store) => {
    const words = { kind: 'named', name, author: AUTHOR } as const
    const number = await makerOf(store, target.now).make(target.id, words)
    if (number === null)
      throw new CommandError(`Document "${target.id}" is damaged: see kolam fsck`)
    return said(`Point ${number}: ${name}`, { ok: true, id: target.id, number, name })
  })
}

/** Makes the document read as it did. */
export function goBack(target: Target, number: number): Promise<Outcome> {
  const { id, now } = target
  return withStore(target, async (store) => {
    const from = (await store.history.read(id, number)).map(({ delta }) => delta)
    const words = { kind: 'before-restore', name: '', author: AUTHOR } as const
    const before = await makerOf(store, now).make(id, words)
    const { snapshot, updates } = await store.open(id)
    const current = snapshot ? [snapshot, ...updates] : updates
    const update = await inlineDocuments.restoreEdit({ current, from, shapes: null })
    if (update) await store.append([{ document: id, update, at: now(), author: AUTHOR }])
    const text = update
      ? `Document "${id}" reads as it did at point ${number}; what was there before is point ${before}`
      : `Document "${id}" reads as it did at point ${number} already`
    return said(text, { ok: true, id, number, before, changed: update !== null })
  })
}

/** Leaves one point, of the document as it is. */
export function forget(target: Target): Promise<Outcome> {
  const { id, now } = target
  return withStore(target, async (store) => {
    await makerOf(store, now).make(id)
    const numbers = (await store.history.list(id)).map((point) => point.number)
    const rules = { days: null, documentBytesMax: Infinity, bytesMax: Infinity }
    const tidier = new Tidier({ store, documents: inlineDocuments, rules })
    await tidier.remove(id, numbers.slice(0, -1))
    const forgotten = Math.max(0, numbers.length - 1)
    const text = `Document "${id}": ${countText(forgotten, 'point')} forgotten`
    return said(text, { ok: true, id, forgotten })
  })
}

async function withStore(
  target: Target,
  work: (store: Store) => Promise<Outcome>,
): Promise<Outcome> {
  const store = await openKept(target)
  try {
    const { seq } = await store.open(target.id)
    if (seq === 0) throw new CommandError(`There is no document "${target.id}"`)
    return await work(store)
  } finally {
    await store.close()
  }
}
