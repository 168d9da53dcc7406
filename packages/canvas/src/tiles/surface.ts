/** Where tiles are shown. */
import type { Box } from '@kolam/geometry'
import type { CreateContext } from '../canvases.ts'

/** A picture, or bare paper where it is null, on a rectangle of device pixels. */
export interface Piece {
  readonly picture: CanvasRenderingContext2D | null
  readonly rect: Box
}

/** What lies under all pieces, and how many device pixels make a CSS pixel. */
export interface Ground {
  /** Null where what is below is to be seen. */
  readonly paper: string | null
  readonly dpr: number
}

/** Shows pieces, later ones above earlier ones. */
export interface Surface {
  /** Canvases that can be shown. */
  readonly create: CreateContext
  show(pieces: readonly Piece[], ground: Ground): void
  dispose(): void
}
