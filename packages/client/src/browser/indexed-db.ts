/**
 * The browser's IndexedDB behind the offline store's port. One database for all documents of this server.
 *
 * A page that goes takes every transaction with it that still waits for an answer, and all that stand behind one. So what is
 * written is handed over in one turn, in a transaction that reads nothing.
 */

import { randomId } from '@kolam/base'
import { OfflineError } from '../offline/error.ts'
import type { KeptDocument, Mark, OfflineStore, Opened, Write } from '../offline/store.ts'
import { forgetAllLast, forgetLast, keepLast, lastOf, lastText } from './last-words.ts'
import { ask, done, openDatabase, reasonOf } from './idb-request.ts'

interface DocumentRow {
  readonly id: string
  readonly life: string
  readonly about: string
  readonly atMs: number
}

interface UpdateRow {
  readonly document: string
  /** A row of a copy that was wiped is nobody's. */
  readonly life: string
  /** Of `bytes`, so that a list needs to read no bytes. */
  readonly size: number
  readonly bytes: Uint8Array
}

interface MarkRow extends Mark {
  readonly document: string
  readonly life: string
}

const VERSION = 2
const TABLES = ['documents', 'updates', 'marks'] as const

/** The tables of a transaction. */
interface Tables {
  readonly documents: IDBObjectStore
  readonly updates: IDBObjectStore
  readonly marks: IDBObjectStore
}

/** Opens its database when it is first needed, and again after the browser has closed it. */
export class IndexedDbStore implements OfflineStore {
  readonly #name: string
  #database: Promise<IDBDatabase> | null = null

  constructor(name = 'kolam') {
    this.#name = name
  }

  async open(document: string): Promise<Opened> {
    const opened = await this.#read(document)
    const last = lastOf(document).filter(({ life }) => life === opened.life)
    if (last.length === 0) return opened
    for (const { text, ...step } of last) {
      await this.#write({ document, replaces: [], settled: [], ...step }, text)
    }
    return this.#read(document)
  }

  #read(document: string): Promise<Opened> {
    return this.#in('readwrite', TABLES, async ({ documents, updates, marks }) => {
      const found = (await ask(documents.get(document))) as DocumentRow | undefined
      const life = found?.life ?? randomId()
      if (!found) documents.put({ id: document, life, about: '', atMs: 0 } satisfies DocumentRow)
      const [keys, rows, marked] = await Promise.all([
        ask(updates.index('size').getAllKeys(rangeOf(document))),
        ask(updates.index('size').getAll(rangeOf(document))) as Promise<UpdateRow[]>,
        ask(marks.getAll(rangeOf(document))) as Promise<MarkRow[]>,
      ])
      const all = rows.map((row, index) => ({ ...row, key: Number(keys[index]) }))
      const [own, stray] = [true, false].map((isOwn) =>
        all.filter((row) => (row.life === life) === isOwn),
      )
      for (const { key } of stray!) updates.delete(key)
      const kept = own!.map(({ key, bytes }) => ({ key, update: bytes }))
      const sorted = kept.sort((one, other) => one.key - other.key)
      return { life, updates: sorted, marks: marked.filter((mark) => mark.life === life) }
    })
  }

  write(step: Write): Promise<number | null> {
    if (step.isLast) keepLast(step)
    return this.#write(step, lastText(step.document, step.writer))
  }

  /** `last` is what the page has kept beside, which this step is or comes after. */
  async #write(step: Write, last: string | null): Promise<number | null> {
    if (!step.isLast) await this.#note(step)
    const key = await this.#in('readwrite', ['updates', 'marks'], (tables) => {
      const added = writeRows(tables, step)
      tables.updates.transaction.commit()
      return added
    })
    // The page may have gone, or gone again, since this step was begun: what it kept then is not in it.
    forgetLast(step.document, step.writer, last)
    return key
  }

  wipe(document: string): Promise<void> {
    forgetAllLast(document)
    return this.#in('readwrite', TABLES, (tables) => wipeIn(tables, document))
  }

  async wipeIfSaved(document: string): Promise<boolean> {
    if (lastOf(document).some(({ unsaved }) => unsaved !== null)) return false
    return this.#in('readwrite', TABLES, async (tables) => {
      const marks = await ask(tables.marks.count(rangeOf(document)))
      if (marks === 0) await wipeIn(tables, document)
      return marks === 0
    })
  }

  wipeAll(): Promise<void> {
    forgetAllLast()
    return this.#in('readwrite', TABLES, (tables) => {
      for (const table of Object.values<IDBObjectStore>({ ...tables })) table.clear()
      return Promise.resolve()
    })
  }

  list(): Promise<KeptDocument[]> {
    return this.#in('readonly', TABLES, async ({ documents, updates, marks }) => {
      const [rows, marked, sizes] = await Promise.all([
        ask(documents.getAll()) as Promise<DocumentRow[]>,
        ask(marks.getAll()) as Promise<MarkRow[]>,
        sizesIn(updates),
      ])
      const kept = rows.map(({ id, about, atMs }): KeptDocument => {
        const counts = marked.filter((mark) => mark.document === id)
        const unsaved = Math.max(0, ...counts.map((mark) => mark.unsaved.changes))
        return { document: id, about, atMs, bytes: sizes.get(id) ?? 0, unsaved }
      })
      return kept.filter(({ bytes }) => bytes > 0).sort((a, b) => b.atMs - a.atMs)
    })
  }

  close(): void {
    void this.#database?.then((database) => database.close()).catch(() => undefined)
    this.#database = null
  }

  /** Keeps what a list shows; rejects with `wiped` when the copy of that life is gone. */
  #note({ document: id, life, atMs, ...step }: Write): Promise<void> {
    return this.#in('readwrite', ['documents'], async ({ documents }) => {
      const found = (await ask(documents.get(id))) as DocumentRow | undefined
      if (found?.life !== life) throw new OfflineError('wiped')
      documents.put({ id, life, about: step.about ?? found.about, atMs } satisfies DocumentRow)
    })
  }

  /** One transaction: it is over, and on disk as far as the browser says, when this resolves. */
  async #in<Name extends keyof Tables, T>(
    mode: IDBTransactionMode,
    names: readonly Name[],
    run: (tables: Pick<Tables, Name>) => Promise<T>,
  ): Promise<T> {
    const database = await this.#open()
    try {
      const transaction = database.transaction([...names], mode)
      const tables = names.map((name) => [name, transaction.objectStore(name)] as const)
      const finished = done(transaction)
      try {
        const result = await run(Object.fromEntries(tables) as Pick<Tables, Name>)
        await finished
        return result
      } catch (error) {
        // The transaction knows why it failed; where it did not, it was what `run` read.
        abort(transaction)
        throw transaction.error ?? error
      }
    } catch (error) {
      throw asOfflineError(error, () => (this.#database = null))
    }
  }

  async #open(): Promise<IDBDatabase> {
    this.#database ??= this.#connect()
    try {
      return await this.#database
    } catch (error) {
      this.#database = null
      throw new OfflineError('closed', error)
    }
  }

  async #connect(): Promise<IDBDatabase> {
    const database = await openDatabase({ name: this.#name, version: VERSION, upgrade })
    const forget = () => (this.#database = null)
    database.addEventListener('close', forget)
    // Another page has a newer version of this store: it must not wait for this one.
    database.addEventListener('versionchange', () => {
      database.close()
      forget()
    })
    return database
  }
}

function upgrade(transaction: IDBTransaction, from: number): void {
  const database = transaction.db
  if (from === 0) {
    database.createObjectStore('documents', { keyPath: 'id' })
    const updates = database.createObjectStore('updates', { autoIncrement: true })
    updates.createIndex('size', ['document', 'size'])
    createMarks(database)
  } else if (from === 1) {
    const marks = transaction.objectStore('marks').getAll() as IDBRequest<MarkRow[]>
    marks.addEventListener('success', () => {
      database.deleteObjectStore('marks')
      const moved = createMarks(database)
      for (const row of marks.result) moved.put(row)
    })
  }
}

/** A mark that is settled is found by its version, without being read; version 1 had one for each writer. */
function createMarks(database: IDBDatabase): IDBObjectStore {
  return database.createObjectStore('marks', { keyPath: ['document', 'writer', 'version'] })
}

/** Everything whose key begins with that document. */
function rangeOf(document: string): IDBKeyRange {
  return IDBKeyRange.bound([document], [document, []])
}

/** Asks for everything in this turn. */
function writeRows(
  { updates, marks }: Pick<Tables, 'updates' | 'marks'>,
  step: Write,
): Promise<number | null> {
  const { document, life, writer, turn, unsaved, update } = step
  for (const key of step.replaces) updates.delete(key)
  for (const mark of step.settled) marks.delete([document, mark.writer, mark.version])
  marks.delete(IDBKeyRange.bound([document, writer], [document, writer, versionOf(turn, '~')]))
  const row = { document, life, writer, version: versionOf(turn, randomId()) }
  if (unsaved) marks.put({ ...row, unsaved } satisfies MarkRow)
  if (!update) return Promise.resolve(null)
  const added: UpdateRow = { document, life, size: update.length, bytes: update }
  return ask(updates.add(added)).then(Number)
}

/** In the order of the turns. */
function versionOf(turn: number, rest: string): string {
  return `${String(turn).padStart(10, '0')} ${rest}`
}

async function wipeIn({ documents, updates, marks }: Tables, document: string): Promise<void> {
  documents.delete(document)
  marks.delete(rangeOf(document))
  for (const key of await ask(updates.index('size').getAllKeys(rangeOf(document)))) {
    updates.delete(key)
  }
}

/** Reads keys only. */
function sizesIn(updates: IDBObjectStore): Promise<Map<string, number>> {
  return new Promise((resolve, reject) => {
    const sizes = new Map<string, number>()
    const request = updates.index('size').openKeyCursor()
    request.addEventListener('error', () => reject(reasonOf(request.error)))
    request.addEventListener('success', () => {
      const cursor = request.result
      if (!cursor) return resolve(sizes)
      const [document, size] = cursor.key as [string, number]
      sizes.set(document, (sizes.get(document) ?? 0) + size)
      cursor.continue()
    })
  })
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It is over already.
  }
}

function asOfflineError(error: unknown, forget: () => void): OfflineError {
  if (error instanceof OfflineError) return error
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'QuotaExceededError') return new OfflineError('full', error)
  // A database that was closed under us is opened anew the next time.
  if (name === 'InvalidStateError') forget()
  return new OfflineError('failed', error)
}
