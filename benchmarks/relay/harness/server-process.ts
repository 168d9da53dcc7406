/** A server in a process of its own, on its own core, in its own folder. Ended by its process id. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { RUN, type ServerName } from '../config.ts'
import { SERVERS } from '../servers/catalog.ts'
import { start } from './children.ts'
import type { Target } from './figures.ts'
import { pinned } from './pinned.ts'

/** What a server is started with. */
export interface ServerOptions {
  readonly name: ServerName
  readonly folder: string
  readonly fixture: string
  /** Where its processor profiles go, if they are wanted. */
  readonly profile: string | null
}

const LOOK_MS = 20

/** A server that takes connections. */
export class ServerProcess {
  readonly target: Target
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, target: Target) {
    this.#child = child
    this.target = target
  }

  static async start(options: ServerOptions): Promise<ServerProcess> {
    const entry = SERVERS[options.name]
    mkdirSync(options.folder, { recursive: true })
    const port = entry.start === 'answers' ? await freePort() : 0
    const child = start(commandOf(entry.script, options.profile), {
      cwd: options.folder,
      env: { ...process.env, ...entry.env({ ...options, port }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const listens = entry.start === 'answers' ? await answers(child, port) : await prints(child)
      const { wire, path, fixed } = entry
      return new ServerProcess(child, { port: listens, pid: child.pid!, wire, path, fixed })
    } catch (error) {
      child.kill('SIGKILL')
      throw error
    }
  }

  /** Whether it still runs. */
  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Asks it to end, and insists if it does not. */
  async stop(): Promise<void> {
    if (!this.isAlive) return
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    const late = sleep(RUN.stopLimitMs, 'late' as const, { ref: false })
    if ((await Promise.race([exited, late])) !== 'late') return
    this.#child.kill('SIGKILL')
    await exited
  }
}

/** A profile counts waiting for the core as the time of whoever waits, so then there is more than one. */
function commandOf(script: string, profile: string | null): string[] {
  if (profile === null) return pinned(RUN.serverCore, [process.execPath, script])
  return [process.execPath, '--cpu-prof', `--cpu-prof-dir=${profile}`, script]
}

/** The port in the first line it prints. */
async function prints(child: ChildProcess): Promise<number> {
  const stdout = child.stdout!
  let text = ''
  const line = new Promise<string>((resolve, reject) => {
    stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}`)))
    setTimeout(() => reject(new Error('The server did not start')), RUN.startLimitMs).unref()
  })
  return (JSON.parse(await line) as { port: number }).port
}

/** The port it was given, once it says there that it serves. */
async function answers(child: ChildProcess, port: number): Promise<number> {
  child.stdout!.resume()
  const deadline = performance.now() + RUN.startLimitMs
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)
    await answer?.arrayBuffer()
    if (answer?.status === 200) return port
    await sleep(LOOK_MS)
  }
  throw new Error('The server did not start')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}
