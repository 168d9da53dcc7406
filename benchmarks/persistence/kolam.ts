/** What the benchmark takes of Kolam, from this checkout or another one, to compare before with after. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Base from '../../packages/base/src/index.ts'
import type * as Board from '../../packages/board/src/index.ts'
import type * as Sqlite from '../../packages/persistence/src/sqlite/index.ts'
import type * as Limits from '../../packages/relay/src/limits.ts'
import type * as RoomDocument from '../../packages/relay/src/room-document.ts'
import type * as RecordingPeer from '../../packages/relay/src/testing/recording-peer.ts'
import type * as RelayYjs from '../../packages/relay/src/yjs/index.ts'
import type * as Yjs from 'yjs'

const CHECKOUT = path.resolve(
  process.env['KOLAM_CHECKOUT'] ?? path.join(import.meta.dirname, '../..'),
)

/** The store. */
export async function sqlite(): Promise<typeof Sqlite> {
  return (await load('persistence/src/sqlite/index.ts')) as typeof Sqlite
}

/** The board in a Y.Doc, and its chance. */
export async function board(): Promise<typeof Base & typeof Board> {
  const [base, whole] = await Promise.all([
    load('base/src/index.ts') as Promise<typeof Base>,
    load('board/src/index.ts') as Promise<typeof Board>,
  ])
  return { ...base, ...whole }
}

/** A room's document, with what it needs beside a store. */
export async function room(): Promise<
  typeof Limits & typeof RoomDocument & typeof RecordingPeer & typeof RelayYjs
> {
  const [limits, document, peer, yjs] = await Promise.all([
    load('relay/src/limits.ts') as Promise<typeof Limits>,
    load('relay/src/room-document.ts') as Promise<typeof RoomDocument>,
    load('relay/src/testing/recording-peer.ts') as Promise<typeof RecordingPeer>,
    load('relay/src/yjs/index.ts') as Promise<typeof RelayYjs>,
  ])
  return { ...limits, ...document, ...peer, ...yjs }
}

/** The Yjs of the board and the relay; the peers' is another copy, and one process may have only one. */
export async function yjs(): Promise<typeof Yjs> {
  return (await load('board/node_modules/yjs/dist/yjs.mjs')) as typeof Yjs
}

/** Nothing is loaded before it is asked for. */
function load(file: string): Promise<unknown> {
  return import(pathToFileURL(path.join(CHECKOUT, 'packages', file)).href)
}
