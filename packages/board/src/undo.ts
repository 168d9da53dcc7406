/**
 * One person's undo over the shapes of a document.
 *
 * Takes back what this board did and nothing else: what others wrote meanwhile stays, and so does a
 * shape I made that somebody else has changed since. Steps end where `mark()` says, never by time.
 */
import { Emitter, type Disposer } from '@kolam/base'
import * as Y from 'yjs'
import { asShapeMap, INIT, INK, shapesOf } from './document.ts'
import { readShape } from './shape-codec.ts'
import type { ShapeId } from './shape.ts'

/** What an undo needs to know of its board. */
export interface UndoOptions {
  /** Origin of the transactions to take back. */
  readonly origin: unknown
  /** What a shape contains; somebody else's content keeps a frame or group of mine. */
  readonly childIds: (id: ShapeId) => Iterable<ShapeId>
  /** Called before anything is taken back or done again. */
  readonly prepare?: () => void
}

/** Undo and redo, with their events. */
export class BoardUndo {
  readonly #manager: Y.UndoManager
  readonly #shapes: Y.Map<unknown>
  readonly #childIds: UndoOptions['childIds']
  readonly #prepare: () => void
  readonly #events = new Emitter<{ change: [] }>()
  /** Client numbers this board has written under; Yjs changes it when two documents share one. */
  readonly #mine = new Set<number>()
  /** Shapes somebody else changed while there was something of mine to undo. */
  readonly #touched = new Set<ShapeId>()
  readonly #stop: Disposer
  #enabled = true

  constructor(doc: Y.Doc, { origin, childIds, prepare = () => {} }: UndoOptions) {
    this.#shapes = shapesOf(doc)
    this.#childIds = childIds
    this.#prepare = prepare
    this.#manager = new Y.UndoManager(this.#shapes, {
      captureTimeout: Number.POSITIVE_INFINITY,
      trackedOrigins: new Set([origin]),
      deleteFilter: (item) => this.#mayDelete(item),
    })
    const told = (): void => this.#events.emit('change')
    const wrote = ({ origin: by }: Y.Transaction): void => {
      if (by === origin || by === this.#manager) this.#mine.add(doc.clientID)
    }
    for (const name of STACK_EVENTS) this.#manager.on(name, told)
    doc.on('beforeTransaction', wrote)
    this.#stop = () => doc.off('beforeTransaction', wrote)
  }

  get canUndo(): boolean {
    return this.#enabled && this.#manager.canUndo()
  }

  get canRedo(): boolean {
    return this.#enabled && this.#manager.canRedo()
  }

  /** Take back the last step; false when there is none left that changes anything. */
  undo(): boolean {
    if (!this.canUndo) return false
    this.#prepare()
    return this.#manager.undo() !== null
  }

  /** Take back the last step for good: it cannot be done again. */
  discard(): boolean {
    const before = this.#manager.redoStack.length
    const undone = this.undo()
    if (!undone || this.#manager.redoStack.length === before) return undone
    this.#manager.redoStack.pop()
    this.#events.emit('change')
    return true
  }

  /** Do again what was last taken back. */
  redo(): boolean {
    if (!this.canRedo) return false
    this.#prepare()
    return this.#manager.redo() !== null
  }

  /** The next change starts a new step. */
  mark(): void {
    this.#manager.stopCapturing()
  }

  on(name: 'change', listener: () => void): Disposer {
    return this.#events.on(name, listener)
  }

  /** For the board: a read-only board undoes nothing. */
  setEnabled(enabled: boolean): void {
    if (enabled === this.#enabled) return
    this.#enabled = enabled
    this.#events.emit('change')
  }

  /** For the board: whether this transaction was an undo or redo of this person. */
  made(transaction: Y.Transaction): boolean {
    return transaction.origin === this.#manager
  }

  /** For the board: somebody else changed these shapes. */
  noteOthers(ids: Iterable<ShapeId>): void {
    if (!this.#manager.canUndo()) return
    for (const id of ids) this.#touched.add(id)
  }

  /** For the board: these were made anew by this person; what others did to them before is past. */
  noteRemade(ids: Iterable<ShapeId>): void {
    for (const id of ids) this.#touched.delete(id)
  }

  dispose(): void {
    this.#stop()
    this.#manager.destroy()
    this.#events.clear()
  }

  #mayDelete(item: Y.Item): boolean {
    if (!this.#mine.has(item.id.client)) return false
    const map = this.#birthOf(item)
    return map === undefined || !this.#isShared(map)
  }

  /** The shape's map when deleting `item` would delete the shape or what makes it one. */
  #birthOf(item: Y.Item): Y.Map<unknown> | undefined {
    if (item.parent === this.#shapes) return asShapeMap(typeOf(item))
    const { parent, parentSub } = item
    const isShape = parent instanceof Y.Map && parent.parent === this.#shapes
    if (!isShape || parentSub === null) return undefined
    return parentSub === INIT || parentSub.startsWith(INK) ? parent : undefined
  }

  /**
   * Whether others have a hand in this shape or what it contains. When my creation is undone, all they
   * ever did counts. When my removal is done again, only what they did since it was undone: what is
   * older was copied under my number then, and I removed it before.
   */
  #isShared(map: Y.Map<unknown>): boolean {
    const id = map._item?.parentSub ?? ''
    if (this.#hasOthers(id, map)) return true
    for (const child of this.#childIds(id)) {
      const content = asShapeMap(this.#shapes.get(child))
      // The tree is of before this undo, which may have moved the child out already.
      if (!content || readShape(child, content).at[0] !== id) continue
      if (this.#isOthers(content._item) || this.#hasOthers(child, content)) return true
    }
    return false
  }

  #hasOthers(id: ShapeId, map: Y.Map<unknown>): boolean {
    return (this.#manager.undoing && this.#touched.has(id)) || this.#wroteIn(map)
  }

  /** Whether somebody else wrote a prop or a word of the label. */
  #wroteIn(map: Y.Map<unknown>): boolean {
    for (const entry of map._map.values()) {
      const type = typeOf(entry)
      if (type instanceof Y.Text) {
        for (let word = type._start; word; word = word.right)
          if (this.#isOthers(word, entry)) return true
      } else if (this.#isOthers(entry)) return true
    }
    return false
  }

  /** Labels are made under a number that is nobody's (label.ts); so is the text they begin with. */
  #isOthers(item: Y.Item | null, label?: Y.Item): boolean {
    if (item === null || this.#mine.has(item.id.client)) return false
    return label === undefined || item.id.client !== label.id.client
  }
}

const STACK_EVENTS = [
  'stack-item-added',
  'stack-item-updated',
  'stack-item-popped',
  'stack-cleared',
] as const

function typeOf(item: Y.Item): unknown {
  return item.content instanceof Y.ContentType ? item.content.type : undefined
}
