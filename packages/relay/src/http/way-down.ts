/** How bytes of a line come to its client: one answer that goes on, or the answers to one poll after another. */

/** One way. None of its methods throws. */
export interface WayDown {
  /** Bytes written that are not known to be taken. */
  readonly bufferedBytes: number
  write(bytes: Uint8Array): void
  /** Nothing follows; what waits still goes out. */
  finish(): void
  /** Ends at once; what waits does not go out. */
  cut(): void
}

/** What a way tells its line. */
export interface WayEvents {
  /** Everything written was taken. */
  drained(): void
  /** The client has all there is after `finish()`, or is gone: nobody asks any more. */
  ended(): void
}
