/**
 * Hocuspocus' way: the document in memory, and one row with all of it, written anew by its database extension. The
 * table and the statements are those of its SQLite extension, whose driver is replaced by Node's, as careful with the
 * disk as Kolam (WAL, an fsync for each commit).
 */
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Database } from '@hocuspocus/extension-database'
import * as Y from 'yjs'
import { HISTORY } from '../config.ts'
import { shapesIn } from '../data/documents.ts'
import type { Keeper } from './keeper.ts'
import { DOCUMENT, type Opener } from './opener.ts'

const SETTINGS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL'
const TABLE =
  'CREATE TABLE IF NOT EXISTS documents (name varchar(255) NOT NULL, data blob NOT NULL, UNIQUE(name))'
const FETCH = 'SELECT data FROM documents WHERE name = ? ORDER BY rowid DESC'
const STORE =
  'INSERT INTO documents (name, data) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET data = excluded.data'

export async function openHocuspocus(folder: string): Promise<Keeper> {
  const rows = new Rows(folder)
  const documents = new Map<string, Y.Doc>()
  return {
    async commit(batch) {
      const touched = new Map<string, Y.Doc>()
      for (const { document, update } of batch) {
        const doc = documents.get(document) ?? new Y.Doc()
        documents.set(document, doc)
        touched.set(document, doc)
        Y.applyUpdate(doc, update)
      }
      for (const [name, doc] of touched) await rows.store(name, doc)
    },
    close: async () => rows.close(),
  }
}

/** The document as Hocuspocus loads it and answers its first guest. */
export async function hocuspocusOpener(folder: string): Promise<Opener> {
  const rows = new Rows(folder)
  return {
    async answer() {
      const doc = new Y.Doc()
      await rows.load(DOCUMENT, doc)
      return [Y.encodeStateAsUpdate(doc)]
    },
    shapes: (answer) => shapesIn(Y, answer),
    close: async () => rows.close(),
  }
}

/** Lives through a history and stores now and then. */
export async function storeNowAndThen(
  folder: string,
  updates: readonly Uint8Array[],
): Promise<void> {
  const rows = new Rows(folder)
  const doc = new Y.Doc()
  for (const [index, update] of updates.entries()) {
    Y.applyUpdate(doc, update)
    if ((index + 1) % HISTORY.hocuspocusStoresEvery === 0) await rows.store(DOCUMENT, doc)
  }
  await rows.store(DOCUMENT, doc)
  rows.close()
}

/** The table behind the extension. */
class Rows {
  readonly #sql: DatabaseSync
  readonly #extension: Database

  constructor(folder: string) {
    this.#sql = new DatabaseSync(path.join(folder, 'documents.db'))
    this.#sql.exec(SETTINGS)
    this.#sql.exec(TABLE)
    const [fetchRow, storeRow] = [this.#sql.prepare(FETCH), this.#sql.prepare(STORE)]
    this.#extension = new Database({
      fetch: async ({ documentName }) => {
        const data = fetchRow.get(documentName)?.['data']
        return data instanceof Uint8Array ? data : null
      },
      store: async ({ documentName, state }) => {
        storeRow.run(documentName, state)
      },
    })
  }

  /** Puts what is stored into an empty document. */
  async load(documentName: string, document: Y.Doc): Promise<void> {
    await this.#extension.onLoadDocument(payload(documentName, document))
  }

  async store(documentName: string, document: Y.Doc): Promise<void> {
    await this.#extension.onStoreDocument(payload(documentName, document))
  }

  close(): void {
    this.#sql.close()
  }
}

/** The extension takes no more of what a hook is given than this, so it stands for all of that. */
function payload(documentName: string, document: Y.Doc): never {
  return { documentName, document } as never
}
