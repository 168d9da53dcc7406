/** Every kind of client that comes to a relay, as one list. */
import { KolamClient } from './kolam-client.ts'
import type { Make, Person } from './person.ts'
import { stock } from './stock-client.ts'
import { VERSIONS } from './versions.ts'

/** One kind. */
export interface Kind {
  readonly name: string
  readonly make: Make<Person>
}

export const KINDS: readonly Kind[] = [
  ...VERSIONS.map((version) => ({ name: `y-websocket ${version.name}`, make: stock(version) })),
  { name: '@kolam/client', make: (to) => new KolamClient(to) },
]
