/** Elements of an `.excalidraw` file, with every field such a file has. Sizes and places are page units. */
import { orderKey } from './order-key.ts'

/** An element as it stands in a file: the fields all have, and those of its kind. */
export interface Element {
  readonly id: string
  readonly type: ElementType
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly strokeColor: string
  readonly backgroundColor: string
  readonly strokeWidth: number
  readonly groupIds: readonly string[]
  readonly text?: string
  /** Without the line breaks of wrapping. */
  readonly originalText?: string
  readonly fontSize?: number
  readonly containerId?: string | null
  readonly points?: readonly Point[]
  readonly fileId?: string
  readonly [field: string]: unknown
}

export type ElementType =
  'rectangle' | 'ellipse' | 'diamond' | 'text' | 'arrow' | 'line' | 'freedraw' | 'image'

/** Relative to the element's own corner. */
export type Point = readonly [x: number, y: number]

/** A picture of a file. */
export interface SceneFile {
  readonly id: string
  readonly mimeType: string
  readonly dataURL: string
}

/** What a generator says of an element; the rest is filled in. */
export type Sketch = Partial<Element> & Pick<Element, 'type' | 'x' | 'y' | 'width' | 'height'>

const UPDATED = 1_700_000_000_000

/** The whole element; its place in the file gives id, order and seed. */
export function elementOf(sketch: Sketch, place: number): Element {
  return {
    id: `e${place}`,
    angle: 0,
    strokeColor: '#1e1e1e',
    backgroundColor: 'transparent',
    fillStyle: 'solid',
    strokeWidth: 2,
    strokeStyle: 'solid',
    roughness: 1,
    opacity: 100,
    groupIds: [],
    frameId: null,
    index: orderKey(place),
    roundness: null,
    seed: place + 1,
    version: 1,
    versionNonce: place + 1,
    isDeleted: false,
    boundElements: [],
    updated: UPDATED,
    link: null,
    locked: false,
    ...sketch,
  }
}

/** Fields that say how large an element is, and others. */
export type Sized = Partial<Element> & Pick<Element, 'width' | 'height'>

const LINE_HEIGHT = 1.25
/** The width of a letter as a share of the font size, about; programs measure again where they need to. */
const LETTER_WIDTH = 0.5

/** The fields of a text that is as large as its lines. */
export function textFields(text: string, fontSize: number): Sized {
  const lines = text.split('\n')
  return {
    width: Math.max(...lines.map((line) => line.length)) * fontSize * LETTER_WIDTH,
    height: lines.length * fontSize * LINE_HEIGHT,
    text,
    originalText: text,
    fontSize,
    fontFamily: 5,
    textAlign: 'left',
    verticalAlign: 'top',
    containerId: null,
    autoResize: true,
    lineHeight: LINE_HEIGHT,
  }
}

/** The fields of a line or an arrow through these points. */
export function linearFields(
  points: readonly Point[],
  endArrowhead: 'arrow' | null,
): Partial<Element> {
  return {
    points,
    lastCommittedPoint: null,
    startBinding: null,
    endBinding: null,
    startArrowhead: null,
    endArrowhead,
    ...(endArrowhead === null ? { polygon: false } : { elbowed: false }),
  }
}

/** The fields of a pen stroke through these points. */
export function strokeFields(points: readonly Point[]): Partial<Element> {
  return { points, pressures: [], simulatePressure: true, lastCommittedPoint: null }
}

/** Width and height of the box around points whose first one is its origin; the box may begin before it. */
export function extent(points: readonly Point[]): { width: number; height: number } {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return {
    width: Math.max(...xs) - Math.min(...xs),
    height: Math.max(...ys) - Math.min(...ys),
  }
}
