/** The server's process of a run, behind a proxy that people go through and that can be shut while nobody may come. */
import { KolamServer } from '../../e2e/support/server.ts'
import { TcpProxy } from '../../relay/support/tcp-proxy.ts'
import { assertNone } from './faults.ts'
import { type Metrics, readMetrics } from './metrics.ts'
import type { Ending } from './plan.ts'

/** What is counted over all processes. */
const COUNTED = ['updates', 'deliveries', 'commits', 'resyncs', 'cpuSeconds'] as const

/** Totals of all processes. */
export type Totals = Record<(typeof COUNTED)[number], number>

export class SoakServer {
  readonly proxy: TcpProxy
  readonly #server: KolamServer
  #generation = 1
  /** Of the processes that have ended. */
  #ended: Totals = { updates: 0, deliveries: 0, commits: 0, resyncs: 0, cpuSeconds: 0 }

  private constructor(server: KolamServer, proxy: TcpProxy) {
    this.#server = server
    this.proxy = proxy
  }

  static async create(): Promise<SoakServer> {
    const server = await KolamServer.create()
    return new SoakServer(server, await TcpProxy.before(server.port))
  }

  /** Counts the processes, from 1. */
  get generation(): number {
    return this.#generation
  }

  /** Past the proxy. */
  get syncUrl(): string {
    return this.#server.syncUrl
  }

  /** Where the data is, and what the process has printed. */
  get evidence(): string {
    return `data folder ${this.#server.folder}\n${this.#server.output.slice(-20_000)}`
  }

  metrics(): Promise<Metrics> {
    return readMetrics(this.#server.url)
  }

  /** What all processes together have done. */
  async totals(): Promise<Totals> {
    const now = await this.metrics()
    const sums = { ...this.#ended }
    for (const name of COUNTED) sums[name] += now[name]
    return sums
  }

  /** What is wrong with its health. */
  async healthFaults(): Promise<string[]> {
    const answer = await fetch(`${this.#server.url}/healthz`)
    const text = await answer.text()
    return answer.status === 200 ? [] : [`/healthz says ${answer.status}: ${text}`]
  }

  /** Ends the process and starts the next one on the same folder; `inspect` sees it before anybody else. */
  async restart(ending: Ending, inspect: () => Promise<void>): Promise<void> {
    this.#ended = await this.totals()
    this.proxy.admit(false)
    if (ending === 'SIGKILL') await this.#server.kill()
    else await this.#terminate()
    await this.#server.start()
    this.#generation += 1
    await inspect()
    this.proxy.admit(true)
  }

  /** Ends the process for good; the data stays until it is disposed of. */
  async stop(): Promise<void> {
    await this.#server.kill()
    await this.proxy.close()
  }

  async dispose(): Promise<void> {
    await this.stop()
    await this.#server.dispose()
  }

  async #terminate(): Promise<void> {
    const code = await this.#server.terminate()
    assertNone('after SIGTERM', code === 0 ? [] : [`the server exited with ${code}`])
  }
}
