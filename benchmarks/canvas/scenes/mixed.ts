/** A board as people fill one: boxes, ellipses, words, arrows and pen strokes side by side. */
import { MIXED } from '../config.ts'
import { between, oneOf, type Random, rounded, words } from './chance.ts'
import {
  type Element,
  elementOf,
  linearFields,
  type Sized,
  type Sketch,
  textFields,
} from './elements.ts'
import { columnsOf } from './grid.ts'
import { penStroke } from './pen.ts'

const STROKES = ['#1e1e1e', '#e03131', '#2f9e44', '#1971c2', '#f08c00'] as const
const FILLS = ['transparent', '#ffc9c9', '#b2f2bb', '#a5d8ff', '#ffec99'] as const
const FONT_SIZES = [16, 20, 28] as const
const WORDS_MAX = 2

/** So many elements, each in a cell of a grid that is as wide as a screen is to its height. */
export function mixedScene(count: number, random: Random): Element[] {
  const columns = columnsOf(count)
  const { w, h } = MIXED.cell
  return Array.from({ length: count }, (_, place) => {
    const cell = { x: (place % columns) * w, y: Math.floor(place / columns) * h }
    return elementOf(sketchAt(cell, random), place)
  })
}

interface Cell {
  readonly x: number
  readonly y: number
}

function sketchAt(cell: Cell, random: Random): Sketch {
  const kind = oneOf(random, MIXED.kinds)
  const box = {
    x: rounded(cell.x + between(random, 0, 10)),
    y: rounded(cell.y + between(random, 0, 8)),
    width: rounded(between(random, 60, MIXED.cell.w - 14)),
    height: rounded(between(random, 36, MIXED.cell.h - 12)),
  }
  const colors = { strokeColor: oneOf(random, STROKES), backgroundColor: oneOf(random, FILLS) }
  if (kind === 'freedraw') return penStroke(box, { random, points: MIXED.strokePoints, ...colors })
  if (kind === 'text')
    return { ...box, ...wordsIn(random), type: kind, strokeColor: colors.strokeColor }
  if (kind === 'arrow') {
    const points = linearFields(
      [
        [0, 0],
        [box.width, box.height],
      ],
      'arrow',
    )
    return { ...box, ...points, type: kind, strokeColor: colors.strokeColor }
  }
  return { ...box, ...colors, type: kind, roundness: roundnessOf(kind, random) }
}

function wordsIn(random: Random): Sized {
  return textFields(words(random, 1 + Math.floor(random() * WORDS_MAX)), oneOf(random, FONT_SIZES))
}

function roundnessOf(kind: string, random: Random): { type: number } | null {
  return kind === 'rectangle' && random() < 0.5 ? { type: 3 } : null
}
