/** One Kolam server: everything it stands on, put together, and taken apart in the other order. Reads no environment. */
import { createServer, type Server } from 'node:http'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Disposer, systemClock, systemRandom } from '@kolam/base'
import { openAssets } from '@kolam/persistence/assets'
import { openSqliteStore } from '@kolam/persistence/sqlite'
import { type Log, Relay } from '@kolam/relay'
import { type HttpService, serveHttp } from '@kolam/relay/http'
import { handshakeServerOptions, serveWebSocket } from '@kolam/relay/ws'
import { keepAssets } from './asset-keeper.ts'
import type { Config } from './config.ts'
import { createDocuments } from './documents/functions.ts'
import { JobPool } from './documents/job-pool.ts'
import { Durations } from './durations.ts'
import { type Phase, healthOf } from './health.ts'
import { createRequestListener, type Services } from './http/app.ts'
import { openHistory } from './history/index.ts'
import { listen, stopListening, urlOf } from './listen.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import { BOARD_PRESENCE } from './presence-rules.ts'
import { keepTrash } from './trash-keeper.ts'

/** A server that serves. */
export interface RunningServer {
  /** Where it is reached, as in `http://127.0.0.1:4321`. */
  readonly url: string
  /** Stores what came, says goodbye to everybody and stops. Calling it again is harmless. */
  close(): Promise<void>
}

/** Everything behind the HTTP interface. */
interface Backend extends Services {
  close(): Promise<void>
}

/** How far the start or the end has come. */
interface State {
  phase: Phase
  backend: Backend | null
  lines: HttpService | null
}

/** How long the relay may take to store and say goodbye; with the rest it stays below 10 s. */
const DRAIN_MS = 6_000

/** Two, so that one document that takes long does not hold up all others. */
const THREADS_MIN = 2

/** Starts a server; rejects with a `StartError` or a `StoreError` whose message says what to do. */
export async function startServer(config: Config): Promise<RunningServer> {
  const log = createLog(config.logLevel)
  const state: State = { phase: 'loading', backend: null, lines: null }
  const server = createServer(
    handshakeServerOptions(),
    createRequestListener({
      ...config,
      log,
      health: () => healthOf(state.phase, state.backend?.relay.health ?? null),
      services: () => state.backend,
      lines: () => state.lines,
    }),
  )
  // The port comes first: while the data is opened, `/healthz` already says so.
  await listen(server, config)
  try {
    state.backend = await openBackend(config, log)
  } catch (error) {
    await stopListening(server)
    throw error
  }
  const { backend } = state
  const { origins, hosts, trustedProxies, deflate } = config
  const rules = { origins, hosts, trustedProxies, deflate }
  const stopWebSocket = serveWebSocket({ server, relay: backend.relay, log, ...rules })
  const stopLines = serveHttp({ door: stopWebSocket.door })
  const stopSync = (): void => {
    stopWebSocket()
    stopLines()
  }
  state.lines = stopLines
  state.phase = 'serving'
  const url = urlOf(server, config.host)
  log.info('serving', { url, data: config.dataFolder, access: config.access })
  return {
    url,
    close: once(async () => {
      state.phase = 'draining'
      log.info('draining')
      await drain({ server, backend, stopSync })
      log.info('stopped')
    }),
  }
}

async function openBackend(config: Config, log: Log): Promise<Backend> {
  const keepsHistory = config.history !== null
  const store = await openSqliteStore({ folder: config.dataFolder, keepsHistory })
  const assets = await openAssets({ folder: join(config.dataFolder, 'assets') })
  const threads = Math.max(THREADS_MIN, availableParallelism() - 1)
  const pool = new JobPool({ clock: systemClock, threads })
  const documents = createDocuments(pool)
  const durations = new Durations()
  const history = openHistory({ store, documents, clock: systemClock, log }, config.history)
  const ports = { clock: systemClock, random: systemRandom, log, meter: durations }
  const relay = new Relay({
    store,
    documents,
    ...ports,
    presence: BOARD_PRESENCE,
    hooks: history.hooks,
    limits: { describeMs: 1_000 },
  })
  const metrics = createMetrics({
    relay: () => relay.stats,
    store: () => store.stats(),
    jobs: () => pool.pending,
  })
  durations.register(metrics)
  const stopTrash = keepTrash({ store, clock: systemClock, log, days: config.trashDays })
  const stopAssets = keepAssets({
    store,
    assets,
    documents,
    database: join(config.dataFolder, 'kolam.db'),
    clock: systemClock,
    log,
    days: config.assetDays,
  })
  async function close(): Promise<void> {
    stopTrash()
    stopAssets()
    // Points wait for the next start: what they would hold is on disk.
    const historyStopped = history.stop()
    await relay.close({ graceMs: DRAIN_MS })
    await pool.close()
    await historyStopped
    await store.close()
  }
  const histories = history.asked(relay)
  return { store, assets, documents, relay, histories, metrics, close }
}

/** What came is on disk first; then the sockets have a moment to hear goodbye before they are cut. */
async function drain(parts: {
  server: Server
  backend: Backend
  stopSync: Disposer
}): Promise<void> {
  await parts.backend.close()
  await stopListening(parts.server, parts.stopSync)
}

function once(run: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined
  return () => (result ??= run())
}
