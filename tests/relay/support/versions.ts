/**
 * The releases of y-websocket that people run, unmodified, as one list: what is promised to stock clients is tested with
 * each of them. Types are those of the newest; the others have fewer events and options.
 */
import { WebsocketProvider as Provider2 } from 'y-websocket-2'
import { WebsocketProvider as Provider3 } from 'y-websocket-3.0'
import { WebsocketProvider as Provider31 } from 'y-websocket-3.1'

/** The class of a stock provider. */
export type ProviderClass = typeof Provider31

/** A connection made by one. */
export type Provider = InstanceType<ProviderClass>

/** One release. */
export interface Version {
  readonly name: string
  readonly Provider: ProviderClass
  /** Whether a close code from 4400 to 4499 makes it stay away. */
  readonly staysAway: boolean
}

/** Oldest first. */
export const VERSIONS: readonly Version[] = [
  { name: '2.1.0', Provider: Provider2 as unknown as ProviderClass, staysAway: false },
  { name: '3.0.0', Provider: Provider3 as unknown as ProviderClass, staysAway: false },
  { name: '3.1.0', Provider: Provider31, staysAway: true },
]
