/** The relay: rooms of connections that follow documents. It never looks inside an update. */

export {
  type DocumentFunctions,
  EMPTY_UPDATE,
  type MergePart,
  type Sifted,
  type StructRange,
  type UpdateInfo,
} from './documents.ts'
export { RelayError, type RelayErrorCode } from './errors.ts'
export type { RelayHooks } from './hooks.ts'
export { DEFAULT_LIMITS, type Limits } from './limits.ts'
export type { Log } from './log.ts'
export type { Meter } from './meter.ts'
export type { Peer, Role, Session, Who, Wire } from './peer.ts'
export { DEFAULT_PRESENCE_RULES, type PresenceRules } from './presence-rules.ts'
export { Relay, type RelayHealth, type RelayOptions, type RelayStats } from './relay.ts'
