/** A place from which the relay is reached through a proxy, made before each test and gone after it. */
import { afterEach, beforeEach } from 'vitest'
import type { Person } from './person.ts'
import type { RelayWorld } from './relay-world.ts'
import { type ProxyLine, TcpProxy } from './tcp-proxy.ts'

/** Where people come from whose line to the relay of a world can break. */
export class FarPlace<Member extends Person> {
  readonly #world: RelayWorld<Member>
  #proxy: TcpProxy | null = null

  constructor(world: RelayWorld<Member>) {
    this.#world = world
  }

  get proxy(): TcpProxy {
    if (!this.#proxy) throw new Error('No test is running')
    return this.#proxy
  }

  get newestLine(): ProxyLine {
    const line = this.proxy.lines.at(-1)
    if (!line) throw new Error('Nobody is connected')
    return line
  }

  join(): Promise<Member> {
    return this.#world.join({ url: this.proxy.syncUrl })
  }

  async begin(): Promise<void> {
    this.#proxy = await TcpProxy.before(this.#world.server.port)
  }

  async end(): Promise<void> {
    await this.#proxy?.close()
  }
}

/** A far place that is new for each test of the block this is called in. */
export function useProxy<Member extends Person>(world: RelayWorld<Member>): FarPlace<Member> {
  const far = new FarPlace(world)
  beforeEach(() => far.begin())
  afterEach(() => far.end())
  return far
}
