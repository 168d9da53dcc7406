/** Drawings in a line or two, and what comes of them. */
import type { NewShape } from '@kolam/board'
import { seededRandom } from '@kolam/base'
import type { ImportedScene } from '../imported-scene.ts'
import { readExcalidraw } from '../read-excalidraw.ts'

/** Fields of an element; the rest are as a new rectangle has them. */
export type Fields = Record<string, unknown>

const NEW = { type: 'rectangle', x: 0, y: 0, width: 100, height: 50, strokeColor: '#1e1e1e' }

/** An element of a drawing. */
export function element(fields: Fields = {}): Fields {
  return { ...NEW, ...fields }
}

/** The scene of a drawing with these elements, each completed. */
export function sceneOf(elements: readonly Fields[], file: Fields = {}): ImportedScene {
  return sceneOfText(
    JSON.stringify({ type: 'excalidraw', version: 2, elements: elements.map(element), ...file }),
  )
}

/** The scene of the text of a file that must be readable. */
export function sceneOfText(text: string): ImportedScene {
  const result = readExcalidraw(text, { random: seededRandom(1) })
  if (!result.ok) throw new Error(result.message)
  return result.scene
}

/** The shapes of a drawing with these elements. */
export function shapesOf(...elements: readonly Fields[]): NewShape[] {
  return sceneOf(elements).shapes
}

/** The one shape of a drawing with this element. */
export function shapeOf(fields: Fields, file: Fields = {}): NewShape {
  const { shapes } = sceneOf([fields], file)
  if (shapes.length !== 1) throw new Error(`Expected one shape, got ${shapes.length}`)
  return shapes[0]!
}
