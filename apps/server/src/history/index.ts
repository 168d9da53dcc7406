/** The history of a server: what makes points by itself, and what answers to people. */
import type { Clock } from '@kolam/base'
import type { Store } from '@kolam/persistence'
import type { Log, Relay, RelayHooks } from '@kolam/relay'
import type { HistoryConfig } from '../config.ts'
import type { ServerDocuments } from '../documents/functions.ts'
import { Histories } from './histories.ts'
import { HistoryKeeper } from './keeper.ts'
import { PointMaker } from './point-maker.ts'
import { Tidier } from './tidier.ts'

/** What a history stands on. */
export interface HistoryPorts {
  readonly store: Store
  readonly documents: ServerDocuments
  readonly clock: Clock
  readonly log: Log
}

/** An open history. */
export interface OpenHistory {
  /** By which it follows the relay. */
  readonly hooks: RelayHooks
  /** What people ask for; needs the relay, which needs the hooks. */
  asked(relay: Relay): Histories
  /** Makes no more points; resolves when the one under way is made. */
  stop(): Promise<void>
}

/** What stays where nothing makes itself: everything. */
const EVERYTHING = {
  days: null,
  documentBytesMax: Number.POSITIVE_INFINITY,
  bytesMax: Number.POSITIVE_INFINITY,
}

/** Opens it; with null no point makes itself, and people can still keep what they name. */
export function openHistory(ports: HistoryPorts, config: HistoryConfig | null): OpenHistory {
  const rules = config ?? EVERYTHING
  const maker = new PointMaker(ports)
  const tidier = new Tidier({ ...ports, rules })
  const asked = (relay: Relay): Histories => new Histories({ ...ports, relay, maker, tidier })
  if (!config) return { hooks: {}, asked, stop: async () => {} }
  const keeper = new HistoryKeeper({ ...ports, maker, tidier, rules, everyMs: config.everyMs })
  return { hooks: keeper.hooks, asked, stop: () => keeper.stop() }
}
