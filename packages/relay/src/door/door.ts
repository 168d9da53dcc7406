/** The door of a server: what all its connections share, whatever carries them, so that a limit is one for all of them. */
import { type Clock, systemClock } from '@kolam/base'
import { type Log, silentLog } from '../log.ts'
import type { Relay } from '../relay.ts'
import { Addresses } from './addresses.ts'
import type { Authorize } from './admission.ts'
import type { Connection, RecheckFilter } from './connection.ts'

/** Who may come in, and how that is found out. */
export interface DoorOptions {
  readonly relay: Relay
  /** Other origins, as in `https://example.org`, whose pages may connect. The server's own always may. */
  readonly origins?: readonly string[]
  /**
   * Host names, without ports, the server answers to besides `localhost` and addresses. Unless given it answers to all,
   * which is wrong for one that trusts whoever reaches it: a page may point its own name at it (DNS rebinding).
   */
  readonly hosts?: readonly string[] | undefined
  /** How many proxies in front add the caller's address to `X-Forwarded-For`; none unless given: nobody is believed. */
  readonly trustedProxies?: number
  /** Who is asking for which document. Everybody is an editor unless given. Whatever fails in it refuses with 1013. */
  readonly authorize?: Authorize
  readonly clock?: Clock
  readonly log?: Log
}

/** What all connections of one server share. */
export interface Door {
  readonly relay: Relay
  readonly clock: Clock
  readonly log: Log
  readonly origins: readonly string[]
  readonly hosts: readonly string[] | undefined
  readonly trustedProxies: number
  readonly authorize: Authorize | null
  readonly addresses: Addresses
  readonly connections: Set<Connection>
  /** Those of them about whom it is not yet known who they are. */
  readonly strangers: Set<Connection>
}

/** A door nobody has come to yet. */
export function createDoor(options: DoorOptions): Door {
  const { relay, origins = [], hosts, trustedProxies = 0, authorize = null } = options
  const { clock = systemClock, log = silentLog } = options
  return {
    relay,
    clock,
    log,
    origins,
    hosts,
    trustedProxies,
    authorize,
    addresses: new Addresses({ clock, limits: relay.limits }),
    connections: new Set(),
    strangers: new Set(),
  }
}

/** Asks `authorize` again about those who are connected; resolves when all were answered for. */
export async function recheck(door: Door, filter: RecheckFilter = {}): Promise<void> {
  if (!door.authorize) return
  const meant = [...door.connections].filter((connection) => connection.isMeant(filter))
  await Promise.all(
    meant.map((connection) => new Promise<void>((heard) => connection.recheck(heard))),
  )
}
