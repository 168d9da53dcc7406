/** A peer's server in a process of its own, to be killed and started again on its folder. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { MortalServer } from '../../tests/durability/src/subject.ts'
import { within } from '../../tests/relay/support/within.ts'
import { start } from '../relay/harness/children.ts'

const START_LIMIT_MS = 30_000

/** How one is started. */
export interface PeerOptions {
  readonly script: string
  /** Environment beside the machine's own. */
  readonly env: (folder: string) => Record<string, string>
}

export class PeerServer implements MortalServer {
  readonly folder: string
  readonly #options: PeerOptions
  #child: ChildProcess | null = null
  #port = 0

  private constructor(folder: string, options: PeerOptions) {
    this.folder = folder
    this.#options = options
  }

  /** A server that serves, with an empty folder. */
  static async create(options: PeerOptions): Promise<PeerServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kolam-durability-'))
    const server = new PeerServer(folder, options)
    await server.start()
    return server
  }

  get syncUrl(): string {
    return `ws://127.0.0.1:${this.#port}`
  }

  async start(): Promise<void> {
    const { script, env } = this.#options
    const child = start([process.execPath, script], {
      cwd: this.folder,
      env: { ...process.env, ...env(this.folder) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    this.#port = await within(START_LIMIT_MS, `start ${script}`, printedPort(child))
  }

  async kill(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }

  async dispose(): Promise<void> {
    await this.kill()
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** What it prints as JSON; others of its lines are for people. */
function printedPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (line.startsWith('{')) resolve((JSON.parse(line) as { port: number }).port)
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}`)))
  })
}
