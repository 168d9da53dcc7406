/** The servers that are killed: Kolam, and what people use instead of it, each with the store it comes with. */
import path from 'node:path'
import { BareGuest, type Dialect } from '../../tests/durability/src/bare-guest.ts'
import { KOLAM } from '../../tests/durability/src/kolam.ts'
import type { Subject } from '../../tests/durability/src/subject.ts'
import { SERVERS } from '../relay/servers/catalog.ts'
import { PeerServer } from './peer-server.ts'

/** y-websocket says that this was all before it has read its store. What that holds comes then, in one piece. */
const LATE_MS = 30_000

const Y_LEVELDB = peer('y-websocket-leveldb', {
  dialect: 'y-websocket',
  lateMs: LATE_MS,
  script: SERVERS['y-websocket'].script,
  env: (folder) => ({ YPERSISTENCE: path.join(folder, 'leveldb') }),
})

const HOCUSPOCUS = peer('hocuspocus-sqlite', {
  dialect: 'hocuspocus',
  lateMs: 0,
  script: SERVERS['hocuspocus-sqlite'].script,
  env: (folder) => SERVERS['hocuspocus-sqlite'].env({ folder, fixture: '', port: 0 }),
})

/** In the order they are shown. */
export const SUBJECTS: readonly Subject[] = [Y_LEVELDB, HOCUSPOCUS, KOLAM]

interface Peer {
  readonly dialect: Dialect
  readonly lateMs: number
  readonly script: string
  readonly env: (folder: string) => Record<string, string>
}

function peer(name: string, { dialect, lateMs, script, env }: Peer): Subject {
  return {
    name,
    dialect,
    lateMs,
    promises: false,
    create: () => PeerServer.create({ script, env }),
    join: (place) => new BareGuest(place, dialect),
  }
}
