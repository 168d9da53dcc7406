/** Where durations go, for histograms. The relay's own clock counts whole milliseconds; a meter brings a finer one. */

/** Takes durations in milliseconds; must not throw. */
export interface Meter {
  now(): number
  /** One commit, from the question to the store's answer, with how many updates were in it. */
  commit(ms: number, updates: number): void
  /** One flush of a room, with how many connections it went to. */
  fanOut(ms: number, peers: number): void
}

/** Measures nothing. */
export const noMeter: Meter = { now: () => 0, commit() {}, fanOut() {} }
