/**
 * Hocuspocus with its database extension on SQLite, as careful with the disk as Kolam (WAL, an fsync for each commit),
 * with its default debounce: it stores two seconds after the last edit, ten seconds after the first at the latest.
 */
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import { ready } from './ready.ts'

const database = new DatabaseSync(path.join(process.env['DATA'] ?? '.', 'documents.db'))
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
database.exec('CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, state BLOB NOT NULL)')
const fetchState = database.prepare('SELECT state FROM documents WHERE name = ?')
const storeState = database.prepare(
  'INSERT INTO documents (name, state) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET state = excluded.state',
)

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => {
        const row = fetchState.get(documentName)
        return row?.['state'] instanceof Uint8Array ? row['state'] : null
      },
      store: async ({ documentName, state }) => {
        storeState.run(documentName, state)
      },
    }),
  ],
})
await server.listen()
ready(server.address.port)
