/** What is on a board: shapes with a place and a label, and words. Only reads. */
import type * as Y from 'yjs'

/** A shape is a map of its own, so that two people can change two things of it. */
export type Shape = Y.Map<unknown>

export function shapesOf(doc: Y.Doc): Y.Map<Shape> {
  return doc.getMap('shapes')
}

/** Words in a row, each with a space behind it. */
export function textOf(doc: Y.Doc): Y.Text {
  return doc.getText('words')
}

/** The words of a board, in order. */
export function wordsOf(doc: Y.Doc): string[] {
  return textOf(doc).toJSON().split(' ').slice(0, -1)
}

/** Everything that can be seen of a board. */
export function contentOf(doc: Y.Doc): { shapes: unknown; words: string } {
  return { shapes: shapesOf(doc).toJSON(), words: textOf(doc).toJSON() }
}

/** The names of everything on a board. */
export function namesOn(doc: Y.Doc): Set<string> {
  return new Set([...shapesOf(doc).keys(), ...wordsOf(doc)])
}
