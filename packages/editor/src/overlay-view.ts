/** Builds the overlay when somebody looks at it, and keeps it until something in it changes. */
import {
  withDrafts,
  type Board,
  type Carried,
  type Handle,
  type Overlay,
  type Shape,
  type ShapeId,
  type TurnedBox,
} from '@kolam/board'
import { moveBox, sub } from '@kolam/geometry'
import { Drafts } from './drafts.ts'
import { selectionFrame, selectionHandles } from './frame.ts'
import type { DraftPatch, Stage } from './stage.ts'
import type { Selection } from './selection.ts'
import { isLocked, leavesOf } from './tree.ts'

/** What the overlay is made from besides the stage. */
export interface OverlaySources {
  readonly board: Board
  readonly stage: Stage
  readonly selection: Selection
  /** The shape whose text is typed. */
  readonly editing: () => ShapeId | null
  /** Whether handles may be shown now. */
  readonly handles: () => boolean
  readonly zoom: () => number
}

/** The cached overlay. */
export class OverlayView {
  readonly #sources: OverlaySources
  #overlay: Overlay | null = null
  #outline: Outline | null = null

  constructor(sources: OverlaySources) {
    this.#sources = sources
  }

  get current(): Overlay {
    if (this.#overlay) return this.#overlay
    const { selection, stage, zoom } = this.#sources
    const { drafts: patches, carried } = stage.view
    const made = { ids: selection.ids, patches, carried, scale: zoom() }
    const kept = this.#outline
    const same = kept?.ids === made.ids && kept.patches === patches && kept.scale === made.scale
    this.#outline = same ? kept : outlineOf(this.#sources, made, kept)
    this.#overlay = overlayOf(this.#sources, this.#outline)
    return this.#overlay
  }

  /** Something in it changed, but no shape. */
  drop(): void {
    this.#overlay = null
  }

  /** Shapes changed. */
  forget(): void {
    this.#overlay = null
    this.#outline = null
  }
}

/** The part that costs time with much selected: kept while only the pointer wanders. */
interface Outline {
  readonly ids: ReadonlySet<ShapeId>
  readonly patches: ReadonlyMap<ShapeId, DraftPatch>
  readonly carried: Carried | null
  readonly scale: number
  readonly drafts: ReadonlyMap<ShapeId, Shape>
  readonly frame: TurnedBox | null
  readonly handles: readonly Handle[]
}

function outlineOf(
  { board }: OverlaySources,
  made: Pick<Outline, 'ids' | 'patches' | 'scale' | 'carried'>,
  kept: Outline | null,
): Outline {
  const drafts = new Drafts(board, made.patches)
  const carried = frameCarriedOn(kept, made.carried)
  if (carried) return { ...made, drafts, frame: carried, handles: [] }
  const lookup = withDrafts(board, drafts)
  const ids = [...made.ids]
  const frame = selectionFrame(board, lookup, ids)
  const leaves = ids.flatMap((id) => leavesOf(board, id)).map((s) => lookup.shape(s.id) ?? s)
  const locked = ids.some((id) => isLocked(board, id))
  const handles = locked ? [] : selectionHandles(lookup, frame, { leaves, zoom: made.scale })
  return { ...made, drafts, frame, handles }
}

/** What is only moved has its box moved with it; the handles come back when it is let go. */
function frameCarriedOn(kept: Outline | null, carried: Carried | null): TurnedBox | null {
  if (!kept?.frame || !kept.carried || kept.carried.start !== carried?.start) return null
  return { ...kept.frame, box: moveBox(kept.frame.box, sub(carried.by, kept.carried.by)) }
}

function overlayOf(sources: OverlaySources, { drafts, frame, handles, ids }: Outline): Overlay {
  const { board, stage } = sources
  const { view } = stage
  const editing = sources.editing()
  return {
    drafts,
    carried: view.carried,
    erasing: view.erasing,
    selected: [...ids],
    frame: view.frame ?? frame,
    handles: sources.handles() && editing === null ? handles : [],
    hovered: existing(board, view.hovered),
    bindTarget: existing(board, view.bindTarget),
    marquee: view.marquee,
    editing,
  }
}

function existing(board: Board, id: ShapeId | null): ShapeId | null {
  return id !== null && board.shape(id) ? id : null
}
