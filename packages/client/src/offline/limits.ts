/** Every wait and limit of a copy, with its reason. Numbers only. */

/** Waits in milliseconds. */
export type CopyLimits = { readonly [Name in keyof typeof COPY_LIMITS]: number }

/** The limits used where the option `limits` says nothing else. */
export const COPY_LIMITS = {
  /** The first change is written at once, then this often: a stroke is a few writes and not hundreds. */
  writeMs: 250,
  /** A store that takes longer must not keep the board from being fetched. */
  openMs: 3_000,
  /** A disk that was full is tried again, without asking it all the time. */
  retryMs: 30_000,
  /** So many updates are one again: opening reads them all. */
  updatesMax: 200,
  /** So many bytes of updates beside a smaller whole are one again. */
  tailBytesMin: 512 * 1024,
} as const
