/** A server under test, as far as a trial needs to know it: it can be killed and started again on the same folder. */
import type { Dialect } from './bare-guest.ts'
import type { Guest, Place } from './guest.ts'

/** A server's process on a folder of its own. */
export interface MortalServer {
  readonly folder: string
  readonly syncUrl: string
  /** Resolves when it serves. */
  start(): Promise<void>
  /** SIGKILL, sent before this returns; resolves when the process is gone. */
  kill(): Promise<void>
  /** Kills it and removes its folder. */
  dispose(): Promise<void>
}

export interface Subject {
  readonly name: string
  /** What fresh readers speak. */
  readonly dialect: Dialect
  /** How long a document may take to come, in one piece, after the server has said that this was all; 0: not at all. */
  readonly lateMs: number
  /** Whether it promises that nothing is lost: where something is, all of it is told and the folder stays. */
  readonly promises: boolean
  /** A server that serves, with an empty folder. */
  create(): Promise<MortalServer>
  /** Somebody who writes. */
  join(place: Place): Guest
}
