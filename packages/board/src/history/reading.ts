/** The shapes of a document and who contains whom, without their geometry. Never writes. */
import type * as Y from 'yjs'
import { shapesOf } from '../document.ts'
import { ShapeStore } from '../shape-store.ts'
import type { ShapeId } from '../shape.ts'
import { Tree } from '../tree.ts'

/** Values and parents at one moment. */
export interface Reading {
  readonly store: ShapeStore
  readonly tree: Tree
}

/** Reads the document as it is now; later changes are not seen. */
export function readBoard(doc: Y.Doc): Reading {
  const shapes = shapesOf(doc)
  const store = new ShapeStore(shapes)
  const tree = new Tree()
  const found = store.refresh(shapes.keys())
  tree.apply(found)
  tree.place(found.keys(), (id) => store.get(id))
  return { store, tree }
}

/** Whether there is such a shape. */
export function has({ store }: Reading, id: ShapeId): boolean {
  return store.get(id) !== undefined
}
