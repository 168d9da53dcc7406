/** What an import gives: shapes ready to insert, the pictures they need, and what to tell the person. */
import { FIRST_PAGE, type NewShape } from '@kolam/board'
import type { Box } from '@kolam/geometry'

/** Shapes with fresh ids whose parents and bindings are among them, lowest first. */
export interface ImportedScene {
  readonly shapes: NewShape[]
  readonly assets: ImportedAsset[]
  /** The colour of the page, or null when the file has none. */
  readonly background: string | null
  /** The box around everything, in page space. */
  readonly bounds: Box
  readonly summary: ImportSummary
}

/** A picture found in a file; image shapes name it by `key` until it is stored. */
export interface ImportedAsset {
  readonly key: string
  /** The media type its bytes show, whatever the file says. */
  readonly type: string
  readonly bytes: Uint8Array
}

/** Counts of elements; every live one of the file is in `shapes`, `labels` or `dropped`. */
export interface ImportSummary {
  /** Without the groups. */
  readonly shapes: number
  /** Texts that became the label of another shape. */
  readonly labels: number
  /** What is kept but cannot be shown yet, by what it was called. */
  readonly notDrawn: readonly { readonly kind: string; readonly count: number }[]
  readonly repaired: number
  readonly dropped: number
}

/** The shapes with stored pictures named by their content address; one that was not stored has none. */
export function withAssets(
  scene: Pick<ImportedScene, 'shapes'>,
  replaced: ReadonlyMap<string, string>,
): NewShape[] {
  return scene.shapes.map((shape) =>
    shape.asset === undefined ? shape : { ...shape, asset: replaced.get(shape.asset) ?? '' },
  )
}

/** The shapes moved across the page; what lies in others moves with them. */
export function moveScene(shapes: readonly NewShape[], dx: number, dy: number): NewShape[] {
  return shapes.map((shape) => {
    const [parent, x, y] = shape.at ?? [FIRST_PAGE, 0, 0]
    return parent === FIRST_PAGE ? { ...shape, at: [parent, x + dx, y + dy] } : shape
  })
}
