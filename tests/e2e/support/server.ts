/** The real server process, on its own port and data folder, to be started, killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const MAIN = path.join(ROOT, 'apps/server/src/main.ts')
const START_LIMIT_MS = 30_000

export class KolamServer {
  readonly port: number
  readonly folder: string
  #child: ChildProcess | null = null
  #output = ''

  private constructor(port: number, folder: string) {
    this.port = port
    this.folder = folder
  }

  /** A server with an empty data folder, already answering. */
  static async create(): Promise<KolamServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kolam-e2e-'))
    const server = new KolamServer(await freePort(), folder)
    await server.start()
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get syncUrl(): string {
    return `ws://127.0.0.1:${this.port}/sync`
  }

  /** Everything the running process printed. */
  get output(): string {
    return this.#output
  }

  /** When the running process began to serve, by its own log, in milliseconds of the machine's clock. */
  get servingMs(): number {
    const line = this.#output.split('\n').find((text) => text.includes('"msg":"serving"'))
    if (line === undefined) throw new Error(`The server does not serve:\n${this.#output}`)
    return Date.parse((JSON.parse(line) as { time: string }).time)
  }

  /** Start the process and wait until `/healthz` says it serves. */
  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#output = ''
    const child = spawn(process.execPath, [MAIN], {
      cwd: this.folder,
      env: {
        ...process.env,
        PORT: String(this.port),
        HOST: '127.0.0.1',
        KOLAM_DATA: path.join(this.folder, 'data'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()))
    }
    await this.#healthy(child)
  }

  /** `kill -9`: no goodbye, no flush. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** `SIGTERM`, the polite way; resolves with the exit code. */
  async terminate(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  /** Stop for good and remove the data. */
  async dispose(): Promise<void> {
    if (this.#child) await this.#end('SIGKILL')
    await rm(this.folder, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    if (!child) return null
    this.#child = null
    if (child.exitCode !== null) return child.exitCode
    const exited = once(child, 'exit')
    child.kill(signal)
    const [code] = (await exited) as [number | null]
    return code
  }

  async #healthy(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_LIMIT_MS
    while (Date.now() < deadline) {
      if (child.exitCode !== null) break
      const answer = await fetch(`${this.url}/healthz`).catch(() => null)
      await answer?.arrayBuffer()
      if (answer?.status === 200) return
      await new Promise((resume) => setTimeout(resume, 25))
    }
    throw new Error(`The server did not start:\n${this.#output}`)
  }
}

/** A port nobody listens on right now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}
