/** What one frame took and did, for people who look into the machine. */
export interface FrameStats {
  /** When it began, on the clock of `performance.now()`. */
  readonly atMs: number
  readonly sceneMs: number
  readonly overlayMs: number
  /** Shapes painted on tiles in this frame. */
  readonly painted: number
  /** Shapes above the scene: on the move, or being changed by others. */
  readonly live: number
  /** Tiles that are kept, and the bytes of their pictures. */
  readonly tiles: number
  readonly tileBytes: number
  /** Everything that is seen is painted as well as it can be. */
  readonly isComplete: boolean
}
