/**
 * A board as the public libraries of Excalidraw would make one: as many items, elements and kinds as they have, most of
 * them lines, each item a group. Their 14 frames are boxes here.
 */
import { CORPUS } from '../config.ts'
import { between, oneOf, type Random, rounded, words } from './chance.ts'
import {
  type Element,
  elementOf,
  extent,
  linearFields,
  type Point,
  type Sized,
  type Sketch,
  textFields,
} from './elements.ts'
import { penStroke } from './pen.ts'

const STROKES = ['#1e1e1e', '#1e1e1e', '#1e1e1e', '#e03131', '#1971c2'] as const
const FILLS = ['transparent', 'transparent', '#ffc9c9', '#b2f2bb', '#a5d8ff', '#ffec99'] as const

export function corpusScene(random: Random): Element[] {
  const { items, columns, cell } = CORPUS
  const kinds = shuffledKinds(random)
  return kinds.map((kind, place) => {
    const item = Math.floor((place * items) / kinds.length)
    const corner = { x: (item % columns) * cell.w, y: Math.floor(item / columns) * cell.h }
    return elementOf({ ...sketchAt(corner, kind, random), groupIds: [`g${item}`] }, place)
  })
}

type Kind = keyof typeof CORPUS.kinds

/** As many of each kind as there are, in any order. */
function shuffledKinds(random: Random): Kind[] {
  const all = Object.entries(CORPUS.kinds).flatMap(([kind, count]) =>
    Array.from({ length: count }, () => kind as Kind),
  )
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [a, b] = [all[last]!, all[other]!]
    all[last] = b
    all[other] = a
  }
  return all
}

function sketchAt(corner: { x: number; y: number }, kind: Kind, random: Random): Sketch {
  const { w, h } = CORPUS.cell
  const [width, height] = [
    rounded(between(random, 8, w * 0.5)),
    rounded(between(random, 8, h * 0.5)),
  ]
  const box = {
    x: rounded(corner.x + between(random, 0, w - width - 20)),
    y: rounded(corner.y + between(random, 0, h - height - 20)),
    width,
    height,
  }
  const colors = { strokeColor: oneOf(random, STROKES), strokeWidth: 1 }
  switch (kind) {
    case 'text':
      return { ...box, ...textFields(words(random, 1), 16), ...colors, type: kind }
    case 'freedraw':
      return { ...penStroke(box, { random, points: 40, ...colors }), strokeWidth: 1 }
    case 'arrow':
      return {
        ...box,
        ...linearFields(
          [
            [0, 0],
            [width, height],
          ],
          'arrow',
        ),
        ...colors,
        type: kind,
      }
    case 'line':
      return { ...box, ...lineIn(box, random), ...colors, type: kind }
    case 'rectangle':
    case 'ellipse':
    case 'diamond':
      return { ...box, ...colors, type: kind, backgroundColor: oneOf(random, FILLS) }
  }
}

/** A line of a few corners; every other one closes and is filled. */
function lineIn({ width, height }: { width: number; height: number }, random: Random): Sized {
  const corners = Math.floor(between(random, 2, CORPUS.cornersMax))
  const inside = Array.from({ length: corners - 1 }, (): Point => [
    rounded(random() * width),
    rounded(random() * height),
  ])
  const open: Point[] = [[0, 0], ...inside]
  const isClosed = corners > 3 && random() < 0.5
  const points = isClosed ? [...open, open[0]!] : open
  return {
    ...extent(points),
    ...linearFields(points, null),
    backgroundColor: isClosed ? oneOf(random, FILLS) : 'transparent',
  }
}
