/** Which rows the style panel has, and for what. Pure. */
import type { ShapeKind } from '@kolam/board'
import type { StyleProp, ToolId } from '@kolam/editor'

const OUTLINED: readonly ShapeKind[] = ['rectangle', 'ellipse', 'diamond', 'line', 'arrow', 'draw']
const FILLED: readonly ShapeKind[] = ['rectangle', 'ellipse', 'diamond', 'line', 'draw']
const STYLED: readonly ShapeKind[] = [...OUTLINED, 'text', 'image', 'frame']

const KINDS: Readonly<Record<StyleProp, readonly ShapeKind[]>> = {
  stroke: [...OUTLINED, 'text'],
  fill: FILLED,
  fillStyle: FILLED,
  strokeWidth: OUTLINED,
  dash: OUTLINED,
  roughness: ['rectangle', 'ellipse', 'diamond', 'line', 'arrow'],
  radius: ['rectangle', 'diamond', 'image'],
  curve: ['line', 'arrow'],
  startHead: ['arrow'],
  endHead: ['arrow'],
  font: ['text'],
  fontSize: ['text'],
  textAlign: ['text'],
  opacity: STYLED,
}

/** Rows about letters: also for the label of any other shape. */
const LETTERS: ReadonlySet<StyleProp> = new Set(['font', 'fontSize', 'textAlign'])

/** What the panel stands for. */
export interface StyleSubject {
  readonly kinds: readonly ShapeKind[]
  /** Some of it has a label, or one is being typed. */
  readonly lettered: boolean
}

/** Whether a row says anything about the subject. */
export function showsRow(prop: StyleProp, { kinds, lettered }: StyleSubject): boolean {
  if (LETTERS.has(prop) && lettered) return true
  return KINDS[prop].some((kind) => kinds.includes(kind))
}

const DRAWN: Readonly<Record<ToolId, readonly ShapeKind[]>> = {
  select: [],
  hand: [],
  eraser: [],
  rectangle: ['rectangle'],
  diamond: ['diamond'],
  ellipse: ['ellipse'],
  arrow: ['arrow'],
  line: ['line'],
  draw: ['draw'],
  text: ['text'],
}

/** The kind a tool draws; nothing for the others. */
export function drawnBy(tool: ToolId): readonly ShapeKind[] {
  return DRAWN[tool]
}

/** True when the panel has nothing to show: nothing, groups only, or what another program knows. */
export function isUnstyled({ kinds }: StyleSubject): boolean {
  return !STYLED.some((kind) => kinds.includes(kind))
}
