/** The whole server as people run it, in this process, on a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '@kolam/persistence/sqlite'
import { type Config, readConfig } from '@kolam/server/src/config.ts'
import { type RunningServer, startServer } from '@kolam/server/src/server.ts'
import { type Fullness, partsOf, type Target } from './target.ts'

export class ServerTarget implements Target {
  /** What it logs goes to standard output, where nobody reads it: the other signs have to do. */
  readonly faults: readonly string[] = []
  readonly unloadsSoon = false
  readonly timers = 0
  readonly #server: RunningServer
  readonly #folder: string

  private constructor(server: RunningServer, folder: string) {
    this.#server = server
    this.#folder = folder
  }

  /** Starts on any free port with an empty folder. */
  static async start(): Promise<ServerTarget> {
    const folder = await mkdtemp(join(tmpdir(), 'kolam-attack-'))
    return new ServerTarget(await startServer(configOf(folder)), folder)
  }

  get port(): number {
    return Number(new URL(this.#server.url).port)
  }

  get url(): string {
    return `${this.#server.url.replace('http', 'ws')}/sync`
  }

  fullness(): Promise<Fullness> {
    return fullnessOf(this.#server.url)
  }

  stop(): Promise<void> {
    return this.#server.close()
  }

  stored(id: string): Promise<Uint8Array[]> {
    return storedIn(this.#folder, id)
  }

  async forget(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** Its own metrics: what people see of a server that runs. */
export async function fullnessOf(origin: string): Promise<Fullness> {
  const metrics = await (await fetch(`${origin}/metrics`)).text()
  return {
    sessions: valueOf(metrics, 'kolam_connections'),
    rooms: valueOf(metrics, 'kolam_rooms'),
    queuedBytes: valueOf(metrics, 'kolam_queued_bytes'),
  }
}

/** Everything a server that has stopped kept of a document. */
export async function storedIn(folder: string, id: string): Promise<Uint8Array[]> {
  const store = await openSqliteStore({ folder })
  try {
    return partsOf(await store.open(id))
  } finally {
    await store.close()
  }
}

function configOf(folder: string): Config {
  return readConfig({ PORT: '0', KOLAM_DATA: folder, LOG_LEVEL: 'silent' })
}

function valueOf(metrics: string, name: string): number {
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]
  if (value === undefined) throw new Error(`The server does not tell ${name}`)
  return Number(value)
}
