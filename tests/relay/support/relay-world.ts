/** A relay and the people of one test, made before it and gone after it. */
import { afterEach, beforeEach } from 'vitest'
import type * as Y from 'yjs'
import { allSee, type Destination, type Make, type Person } from './person.ts'
import { RelayServer, type RelayServerOptions } from './relay-server.ts'
import { docOf } from './yjs-documents.ts'

/** What a test stands on. */
export class RelayWorld<Member extends Person> {
  readonly #make: Make<Member>
  readonly #options: RelayServerOptions
  readonly #people: Person[] = []
  #server: RelayServer | null = null

  constructor(make: Make<Member>, options: RelayServerOptions) {
    this.#make = make
    this.#options = options
  }

  get server(): RelayServer {
    if (!this.#server) throw new Error('No test is running')
    return this.#server
  }

  /** Somebody who has begun to connect. */
  come(to: Partial<Destination> = {}): Member {
    const member = this.#make({ url: this.server.url, ...to })
    this.#people.push(member)
    return member
  }

  /** Somebody who has everything. */
  async join(to: Partial<Destination> = {}): Promise<Member> {
    const member = this.come(to)
    await member.synced()
    return member
  }

  /** Two who see each other. */
  async pair(): Promise<[Member, Member]> {
    const [ada, bob] = [await this.join(), await this.join()]
    await allSee(ada, bob)
    return [ada, bob]
  }

  /** The document as it is on the disk. */
  async stored(): Promise<Y.Doc> {
    const { snapshot, updates } = await this.server.store.open('doc')
    return docOf(...(snapshot ? [snapshot, ...updates] : updates))
  }

  /** Its text. */
  async storedWords(): Promise<string> {
    return (await this.stored()).getText('text').toJSON()
  }

  /** How many updates were ever stored for the document. */
  async storedUpdates(): Promise<number> {
    return (await this.server.store.open('doc')).seq
  }

  async begin(): Promise<void> {
    this.#server = new RelayServer(this.#options)
    await this.#server.start()
  }

  async end(): Promise<void> {
    for (const person of this.#people.splice(0)) person.destroy()
    await this.#server?.stop()
    this.#server = null
  }
}

/** A world that is new for each test of the block this is called in. */
export function useRelay<Member extends Person>(
  make: Make<Member>,
  options: RelayServerOptions = {},
): RelayWorld<Member> {
  const world = new RelayWorld(make, options)
  beforeEach(() => world.begin())
  afterEach(() => world.end())
  return world
}
