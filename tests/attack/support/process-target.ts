/** The whole server as a process of its own: what hangs it does not hang the test. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerProcess, startProcess } from '@kolam/server/src/fixtures/process.ts'
import { fullnessOf, storedIn } from './server-target.ts'
import type { Fullness, Target } from './target.ts'
import { within } from './waiting.ts'

/** A server that has not stopped by then hangs. */
const STOP_MS = 12_000

export class ProcessTarget implements Target {
  /** What it logs goes to its standard output, where nobody reads it. */
  readonly faults: readonly string[] = []
  readonly unloadsSoon = false
  readonly timers = 0
  readonly #process: ServerProcess
  readonly #origin: string
  readonly #folder: string
  #stopping: Promise<void> | null = null

  private constructor(process: ServerProcess, more: { origin: string; folder: string }) {
    this.#process = process
    this.#origin = more.origin
    this.#folder = more.folder
  }

  /** Starts on any free port with an empty folder. */
  static async start(): Promise<ProcessTarget> {
    const folder = await mkdtemp(join(tmpdir(), 'kolam-attack-'))
    const process = startProcess({ KOLAM_DATA: folder })
    return new ProcessTarget(process, { origin: await process.url, folder })
  }

  get port(): number {
    return Number(new URL(this.#origin).port)
  }

  get url(): string {
    return `${this.#origin.replace('http', 'ws')}/sync`
  }

  fullness(): Promise<Fullness> {
    return fullnessOf(this.#origin)
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  stored(id: string): Promise<Uint8Array[]> {
    return storedIn(this.#folder, id)
  }

  async forget(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Politely, or for good where that is of no use. */
  async #stop(): Promise<void> {
    this.#process.kill('SIGTERM')
    await within(STOP_MS, this.#process.ended).catch(() => this.#process.kill('SIGKILL'))
    await this.#process.ended
  }
}
