/** What the benchmark takes of Kolam, from this checkout or another one, to compare before with after. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Client from '../../apps/server/src/fixtures/client.ts'
import type * as Board from '../../packages/board/src/index.ts'
import type * as Formats from '../../packages/formats/src/index.ts'
import type * as Protocol from '../../packages/protocol/src/index.ts'
import type * as Server from '../../tests/e2e/support/server.ts'
import type * as WebBuild from '../../tooling/web-build.ts'
import type * as Yjs from '../../packages/board/node_modules/yjs'

/** The checkout that is measured. */
export const CHECKOUT = path.resolve(
  process.env['KOLAM_CHECKOUT'] ?? path.join(import.meta.dirname, '../..'),
)

/** The board in a Y.Doc. */
export async function board(): Promise<typeof Board> {
  return (await load('packages/board/src/index.ts')) as typeof Board
}

/** The importer. */
export async function formats(): Promise<typeof Formats> {
  return (await load('packages/formats/src/index.ts')) as typeof Formats
}

/** The Yjs of the board. */
export async function yjs(): Promise<typeof Yjs> {
  return (await load('packages/board/node_modules/yjs/dist/yjs.mjs')) as typeof Yjs
}

/** The wire. */
export async function protocol(): Promise<typeof Protocol> {
  return (await load('packages/protocol/src/index.ts')) as typeof Protocol
}

/** The server process, as the browser tests start it. */
export async function server(): Promise<typeof Server> {
  return (await load('tests/e2e/support/server.ts')) as typeof Server
}

/** A client of the server in Node. */
export async function client(): Promise<typeof Client> {
  return (await load('apps/server/src/fixtures/client.ts')) as typeof Client
}

/** Builds the web app where its sources have changed. */
export async function buildWeb(): Promise<void> {
  const { ensureWebBuild } = (await load('tooling/web-build.ts')) as typeof WebBuild
  await ensureWebBuild()
}

/** Nothing is loaded before it is asked for. */
function load(file: string): Promise<unknown> {
  return import(pathToFileURL(path.join(CHECKOUT, file)).href)
}
