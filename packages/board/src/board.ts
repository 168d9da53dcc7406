/**
 * The board in a Y.Doc: shapes as values, their geometry and order, editing, and one person's undo.
 *
 * Never loads, saves or connects the document; never draws; never keeps anything the document does not
 * say. Several boards on one document do not disturb each other. Rules: SPEC.md.
 */
import { Emitter, systemRandom, type Disposer, type Random } from '@kolam/base'
import type { Box, Matrix, Vec } from '@kolam/geometry'
import type * as Y from 'yjs'
import type { ReorderTo } from './arrange.ts'
import { BoardView } from './board-view.ts'
import { BoardWriter } from './board-writer.ts'
import type { BoardChange } from './changes.ts'
import { changedIds, formatOf, labelOf, metaOf, shapeMapOf, shapesOf, titleOf } from './document.ts'
import { findAlong, findAt, findIn, type ShapeAtOptions, type ShapesInOptions } from './find.ts'
import { Intake, type Loading, type SliceOptions } from './intake.ts'
import { ensureLabel, writeLabel } from './label.ts'
import {
  type InkPoint,
  FORMAT,
  type NewShape,
  type ParentId,
  type Shape,
  type ShapeId,
  type ShapePatch,
} from './shape.ts'
import { StrokeWriter, writeInk, type StrokeTarget } from './stroke-writer.ts'
import { groupShapes, reorderShapes, reparentShapes, ungroupShapes } from './structure.ts'
import type { ShapeLookup } from './transforms.ts'
import { BoardUndo } from './undo.ts'

/** What may be given to a board. */
export interface BoardOptions {
  /** Jitters the z-order; the platform's by default. */
  readonly random?: Random
  /** Take in what arrives by the thousand bit by bit; at once without. */
  readonly slices?: SliceOptions
}

/** What a board is made of. */
export interface BoardParts {
  readonly doc: Y.Doc
  readonly writer: BoardWriter
  readonly undo: BoardUndo
}

/** What a board tells. */
export interface BoardEvents extends Record<string, readonly unknown[]> {
  change: [BoardChange]
  /** Title, format or whether it may be edited. */
  meta: []
  /** `loading` is another. */
  loading: []
}

/** The board in a document. */
export class Board implements ShapeLookup {
  readonly doc: Y.Doc
  /** This person's only. */
  readonly undo: BoardUndo
  readonly #origin: object = Object.freeze({ name: 'board' })
  readonly #view: BoardView
  readonly #writer: BoardWriter
  readonly #events = new Emitter<BoardEvents>()
  readonly #shapes: Y.Map<unknown>
  readonly #meta: Y.Map<unknown>
  readonly #intake: Intake | null
  #forcedReadOnly = false
  #readOnly: boolean

  constructor(doc: Y.Doc, { random = systemRandom, slices }: BoardOptions = {}) {
    this.doc = doc
    this.#shapes = shapesOf(doc)
    this.#meta = metaOf(doc)
    this.#view = new BoardView(doc, { empty: slices !== undefined })
    const { scene } = this.#view
    this.#intake = slices ? this.#intakeWith(slices) : null
    this.#writer = new BoardWriter({ doc, view: this.#view, origin: this.#origin, random })
    this.undo = new BoardUndo(doc, {
      origin: this.#origin,
      childIds: (id) => scene.tree.childIds(id),
      prepare: () => this.finishLoading(),
    })
    this.#readOnly = this.#isReadOnly()
    this.undo.setEnabled(!this.#readOnly)
    this.#shapes.observeDeep(this.#onShapes)
    this.#meta.observe(this.#onMeta)
    this.#takeIn(new Set(slices ? this.#shapes.keys() : []))
  }

  /** How many shapes there are, on all pages; without those that still wait. */
  get size(): number {
    return this.#view.store.size
  }

  /** How far a big board has come; null when all of it is here. What waits is on no list and in no search. */
  get loading(): Loading | null {
    return this.#intake?.loading ?? null
  }

  /** Take in all that waits now; every edit begins with this, so that it sees the whole board. */
  finishLoading(): void {
    this.#intake?.finish()
  }

  /** True when somebody said so, or the document is of a newer format. Editing then does nothing. */
  get readOnly(): boolean {
    return this.#readOnly
  }

  setReadOnly(readOnly: boolean): void {
    this.#forcedReadOnly = readOnly
    this.#checkReadOnly()
  }

  get title(): string {
    return titleOf(this.doc)
  }

  setTitle(title: string): void {
    if (!this.#readOnly) this.#writer.setTitle(title)
  }

  /** The same frozen value until the shape changes. */
  shape(id: ShapeId): Shape | undefined {
    return this.#view.store.get(id)
  }

  shapes(): Iterable<Shape> {
    return this.#view.store.values()
  }

  /** In z-order, lowest first; the same array until one of them changes. */
  children(parent: ParentId): readonly Shape[] {
    return this.#view.scene.tree.children(parent)
  }

  /** The parent in effect: the named one unless that is missing or makes a circle. */
  parentOf(id: ShapeId): ParentId | undefined {
    return this.#view.scene.tree.parentOf(id)
  }

  /** The first page in paint order: each shape before what it contains. */
  ordered(): readonly Shape[] {
    return this.#view.scene.tree.ordered()
  }

  /** For sorting a few shapes: below zero when `a` is painted before `b`. */
  comparePaint(a: ShapeId, b: ShapeId): number {
    return this.#view.scene.comparePaint(a, b)
  }

  /** Shape space to page space. */
  pageTransform(id: ShapeId): Matrix {
    return this.#view.scene.pageTransform(id)
  }

  /** Without stroke width; a group's is the union of its children's. */
  pageBounds(id: ShapeId): Box {
    return this.#view.scene.pageBounds(id)
  }

  /** The outermost group around a shape, up to the first frame; the shape itself without one. */
  rootOf(id: ShapeId): ShapeId {
    let root = id
    for (const above of this.#view.scene.tree.ancestors(id)) {
      if (this.shape(above)?.kind !== 'group') break
      root = above
    }
    return root
  }

  /** Everything in a shape, parents before children. */
  descendants(id: ParentId): ShapeId[] {
    return this.#view.scene.tree.descendants(id)
  }

  /** The lines and arrows that hold on to a shape. */
  boundTo(id: ShapeId): ShapeId[] {
    return [...this.#view.scene.heldBy(id)]
  }

  /** The box around the first page; null when it is empty. */
  contentBounds(): Box | null {
    return this.#view.scene.contentBounds()
  }

  /** Shapes of the first page whose page bounds touch `box`, in no particular order. */
  search(box: Box): ShapeId[] {
    return this.#view.scene.search(box)
  }

  /** The topmost shape at a page point; never a group. */
  shapeAt(point: Vec, options: ShapeAtOptions): Shape | undefined {
    return findAt(this.#view.scene, point, options)
  }

  /** What a marquee takes, lowest first; never groups. */
  shapesIn(box: Box, options: ShapesInOptions): ShapeId[] {
    return findIn(this.#view.scene, box, options)
  }

  /** What a stroke of the eraser meets; never groups. */
  shapesAlong(a: Vec, b: Vec, margin: number): ShapeId[] {
    return findAlong(this.#view.scene, { a, b, margin })
  }

  /** Everything done inside is one change and goes to one undo step. */
  transact<T>(run: () => T): T {
    this.finishLoading()
    return this.#writer.transact(run)
  }

  /** Array order is z-order, on top of what is there. Throws BoardError `id` for an id that is taken. */
  insert(shapes: readonly NewShape[]): ShapeId[] {
    return this.#mayEdit() ? this.#writer.insert(shapes) : []
  }

  /** Unknown ids, bad values and values that are the same already are passed over. */
  update(patches: Iterable<readonly [ShapeId, ShapePatch]>): void {
    if (this.#mayEdit()) this.#writer.patch(patches)
  }

  /** With everything in them; arrows they held stay where they are, groups left empty go too. */
  remove(ids: Iterable<ShapeId>): void {
    if (this.#mayEdit()) this.#writer.remove(ids)
  }

  /** The smallest edit that makes the label read `text`. */
  setText(id: ShapeId, text: string): void {
    if (!this.#mayEdit() || this.shape(id)?.text === text) return
    const label = this.label(id)
    if (label) this.#writer.write(id, () => writeLabel(label, text))
  }

  /** The label, made on first use; undefined for unknown shapes, or when it would have to be made read-only. */
  label(id: ShapeId): Y.Text | undefined {
    const map = shapeMapOf(this.doc, id)
    if (!map || !this.#mayEdit()) return map && labelOf(map)
    return ensureLabel(map)
  }

  /** Give a stroke other points, in its own space; nothing happens to shapes that are no stroke. */
  setInk(id: ShapeId, points: readonly InkPoint[]): void {
    if (!this.#mayEdit() || this.shape(id)?.kind !== 'draw') return
    this.#writer.write(id, (map) => writeInk(map, points))
  }

  reorder(ids: Iterable<ShapeId>, to: ReorderTo): void {
    if (this.#mayEdit()) reorderShapes(this.#writer, ids, to)
  }

  /** Into another parent, on top, without moving or turning on the page. */
  reparent(ids: Iterable<ShapeId>, parent: ParentId): void {
    if (this.#mayEdit()) reparentShapes(this.#writer, ids, { parent })
  }

  /** The new group; null for fewer than two shapes. */
  group(ids: Iterable<ShapeId>): ShapeId | null {
    return this.#mayEdit() ? groupShapes(this.#writer, ids) : null
  }

  /** What was in the groups. */
  ungroup(ids: Iterable<ShapeId>): ShapeId[] {
    return this.#mayEdit() ? ungroupShapes(this.#writer, ids) : []
  }

  /** For what writes entries rather than shapes, as going back to an earlier state does; null when read-only. */
  rewrite<T>(run: (parts: BoardParts) => T): T | null {
    return this.#mayEdit() ? run({ doc: this.doc, writer: this.#writer, undo: this.undo }) : null
  }

  /** A stroke that others see while it is drawn. Read-only, it writes nothing and its id is empty. */
  beginStroke(shape: NewShape & { readonly kind: 'draw' }): StrokeWriter {
    const [id = ''] = this.insert([shape])
    const write: StrokeTarget['write'] = (of, run) => {
      if (this.#mayEdit()) this.#writer.write(of, run)
    }
    const target: StrokeTarget = {
      write,
      shape: (of) => this.shape(of),
      update: (patches) => this.update(patches),
      transact: (run) => this.transact(run),
      remove: (ids) => this.remove(ids),
    }
    return new StrokeWriter(id, { target, points: shape.ink ?? [] })
  }

  /** `change` is told once per transaction, after everything derived is up to date. */
  on<Name extends keyof BoardEvents>(
    name: Name,
    listener: (...args: BoardEvents[Name]) => void,
  ): Disposer {
    return this.#events.on(name, listener)
  }

  /** Stops listening to the document, which stays as it is. */
  dispose(): void {
    this.#shapes.unobserveDeep(this.#onShapes)
    this.#meta.unobserve(this.#onMeta)
    this.#intake?.dispose()
    this.undo.dispose()
    this.#events.clear()
  }

  readonly #onShapes = (events: Y.YEvent<Y.AbstractType<unknown>>[], by: Y.Transaction): void => {
    const ids = changedIds(this.#shapes, events)
    if (!by.local) this.undo.noteOthers(ids)
    this.#takeIn(ids, by.origin === this.#origin || this.undo.made(by))
  }

  /** What was read before is told before, so that nobody hears of a change to what they do not know. */
  #takeIn(ids: ReadonlySet<ShapeId>, local = false): void {
    this.#tell(this.#view.takeLoaded())
    this.#view.refresh(this.#intake?.hold(ids) ?? ids)
    this.#tell(this.#view.take(local))
    this.#intake?.begin()
  }

  #tell(change: BoardChange | null): void {
    if (change) this.#events.emit('change', change)
  }

  #intakeWith(options: SliceOptions): Intake {
    return new Intake({
      shapes: this.#shapes,
      view: this.#view,
      options,
      tell: () => this.#tell(this.#view.takeLoaded()),
      moved: () => this.#events.emit('loading'),
    })
  }

  /** An edit needs the whole board: what a group holds, what is on top, which arrows to let go. */
  #mayEdit(): boolean {
    if (!this.#readOnly) this.finishLoading()
    return !this.#readOnly
  }

  readonly #onMeta = (): void => {
    if (!this.#checkReadOnly()) this.#events.emit('meta')
  }

  /** True when it was told that this changed. */
  #checkReadOnly(): boolean {
    const readOnly = this.#isReadOnly()
    if (readOnly === this.#readOnly) return false
    this.#readOnly = readOnly
    this.undo.setEnabled(!readOnly)
    this.#events.emit('meta')
    return true
  }

  #isReadOnly(): boolean {
    return this.#forcedReadOnly || (formatOf(this.doc) ?? 0) > FORMAT
  }
}
