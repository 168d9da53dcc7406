/**
 * Large mixed drawings for tests and benchmarks: the same for the same count and seed.
 *
 * Never reads or writes files. Shapes lie on a loose grid, so that any screenful of it looks like a
 * board that people use: boxes with labels, arrows between neighbours, notes and pen strokes.
 */
import { seededRandom, type Random } from '../../packages/base/src/index.ts'

/** How large and how random. */
export interface GenerateOptions {
  /** How many live elements, exactly. */
  readonly count: number
  readonly seed: number
}

/** One element of the drawing. */
export interface GeneratedElement {
  readonly id: string
  readonly type: 'rectangle' | 'ellipse' | 'diamond' | 'text' | 'arrow' | 'freedraw'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly [field: string]: unknown
}

/** The drawing as its file would be parsed. */
export interface GeneratedScene {
  readonly type: 'excalidraw'
  readonly version: 2
  readonly source: string
  readonly elements: readonly GeneratedElement[]
  readonly appState: { readonly viewBackgroundColor: string }
  readonly files: Readonly<Record<string, never>>
}

const CELL = 220
const STROKE_POINTS = 40
const COLORS = ['#1e1e1e', '#e03131', '#2f9e44', '#1971c2', '#f08c00']
const FILLS = ['transparent', 'transparent', '#ffc9c9', '#b2f2bb', '#a5d8ff', '#ffec99']
const WORDS = [
  'plan',
  'tide',
  'lamp',
  'river',
  'stone',
  'wheel',
  'north',
  'cup',
  'letter',
  'bridge',
]

/** A drawing of `count` elements: 40 % boxes, 20 % texts, 20 % arrows, 20 % strokes of 40 points. */
export function generateScene({ count, seed }: GenerateOptions): GeneratedScene {
  const random = seededRandom(seed)
  const columns = Math.max(1, Math.ceil(Math.sqrt(count)))
  const elements: GeneratedElement[] = []
  let lastBox: GeneratedElement | null = null
  for (let i = 0; i < count; i++) {
    const corner = { x: (i % columns) * CELL, y: Math.floor(i / columns) * CELL }
    const element = generateElement({ i, random, lastBox, ...jittered(corner, random) })
    elements.push(element)
    if (isBox(element)) lastBox = element
  }
  return {
    type: 'excalidraw',
    version: 2,
    source: 'https://example.org/generated',
    elements,
    appState: { viewBackgroundColor: '#ffffff' },
    files: {},
  }
}

/** The same as the text of a file. */
export function generateExcalidraw(options: GenerateOptions): string {
  return JSON.stringify(generateScene(options))
}

interface Slot {
  readonly i: number
  readonly x: number
  readonly y: number
  readonly random: Random
  readonly lastBox: GeneratedElement | null
}

function generateElement(slot: Slot): GeneratedElement {
  switch (slot.i % 5) {
    case 0:
      return box(slot, 'rectangle')
    case 1:
      return box(slot, slot.i % 2 === 0 ? 'ellipse' : 'diamond')
    case 2:
      return text(slot)
    case 3:
      return arrow(slot)
    default:
      return stroke(slot)
  }
}

function box(slot: Slot, type: 'rectangle' | 'ellipse' | 'diamond'): GeneratedElement {
  const { random } = slot
  return {
    ...common(slot),
    type,
    width: whole(60, 160, random),
    height: whole(40, 140, random),
    roundness: type === 'rectangle' ? { type: 3 } : null,
  }
}

function text(slot: Slot): GeneratedElement {
  const { random } = slot
  const words = Array.from({ length: whole(1, 6, random) }, () => pick(WORDS, random)).join(' ')
  const fontSize = pick([16, 20, 28], random)
  return {
    ...common(slot),
    type: 'text',
    backgroundColor: 'transparent',
    width: words.length * fontSize * 0.55,
    height: fontSize * 1.25,
    text: words,
    originalText: words,
    fontSize,
    fontFamily: pick([5, 6, 8], random),
    lineHeight: 1.25,
    textAlign: 'left',
    verticalAlign: 'top',
    containerId: null,
    autoResize: true,
  }
}

/** From the last box, which holds it, to somewhere near. */
function arrow(slot: Slot): GeneratedElement {
  const { random, lastBox } = slot
  const [dx, dy] = [whole(-120, 160, random), whole(-80, 120, random)]
  const bend = [dx / 2 + whole(-20, 20, random), dy / 2 + whole(-20, 20, random)]
  const start = lastBox && { elementId: lastBox.id, fixedPoint: [0.5, 0.5], mode: 'orbit' }
  return {
    ...common(slot),
    type: 'arrow',
    width: Math.abs(dx),
    height: Math.abs(dy),
    points: [[0, 0], bend, [dx, dy]],
    roundness: { type: 2 },
    startBinding: start,
    endBinding: null,
    startArrowhead: null,
    endArrowhead: 'arrow',
    elbowed: false,
  }
}

/** A line that wanders like a hand. */
function stroke(slot: Slot): GeneratedElement {
  const { random } = slot
  const points: [number, number][] = [[0, 0]]
  let angle = random() * 2 * Math.PI
  for (let i = 1; i < STROKE_POINTS; i++) {
    const [x, y] = points[i - 1]!
    angle += (random() - 0.5) * 0.8
    points.push([rounded(x + Math.cos(angle) * 5), rounded(y + Math.sin(angle) * 5)])
  }
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return {
    ...common(slot),
    type: 'freedraw',
    width: Math.max(...xs) - Math.min(...xs),
    height: Math.max(...ys) - Math.min(...ys),
    points,
    pressures: points.map(() => rounded(0.3 + random() * 0.5)),
    simulatePressure: false,
  }
}

function common({ i, x, y, random }: Slot) {
  return {
    id: `generated-${i}`,
    x,
    y,
    angle: random() < 0.1 ? rounded(random()) : 0,
    strokeColor: pick(COLORS, random),
    backgroundColor: pick(FILLS, random),
    fillStyle: pick(['solid', 'hachure'], random),
    strokeWidth: pick([1, 2, 4], random),
    strokeStyle: pick(['solid', 'solid', 'solid', 'dashed'], random),
    roughness: pick([0, 1], random),
    opacity: 100,
    groupIds: [],
    frameId: null,
    seed: whole(1, 2 ** 31, random),
    version: 1,
    versionNonce: 1,
    isDeleted: false,
    boundElements: null,
    updated: 1,
    link: null,
    locked: false,
  }
}

function isBox({ type }: GeneratedElement): boolean {
  return type === 'rectangle' || type === 'ellipse' || type === 'diamond'
}

function jittered({ x, y }: { x: number; y: number }, random: Random) {
  return { x: x + whole(0, 40, random), y: y + whole(0, 40, random) }
}

/** An integer from `min` up to, not including, `max`. */
function whole(min: number, max: number, random: Random): number {
  return min + Math.floor(random() * (max - min))
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)]!
}
