/** Strokes of a pen that wobbles. */
import { between, type Random, rounded } from './chance.ts'
import { extent, type Point, type Sketch, strokeFields } from './elements.ts'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface PenOptions {
  readonly random: Random
  readonly points: number
  readonly strokeColor: string
}

/** A stroke of so many points from the left to the right of a box, with a few loops as in writing. */
export function penStroke(box: Box, { random, points: count, strokeColor }: PenOptions): Sketch {
  const [turns, phase] = [between(random, 1, 4), between(random, 0, Math.PI)]
  const middle = box.height / 2
  const all = Array.from({ length: count }, (_, index): Point => {
    const along = index / (count - 1)
    const swing = Math.sin(phase + along * turns * 2 * Math.PI)
    const x = along * box.width + between(random, -0.5, 0.5)
    return [x, middle + swing * middle * 0.9 + between(random, -0.5, 0.5)]
  })
  const [firstX, firstY] = all[0]!
  const points = all.map(([x, y]): Point => [rounded(x - firstX), rounded(y - firstY)])
  return {
    type: 'freedraw',
    x: rounded(box.x + firstX),
    y: rounded(box.y + firstY),
    ...extent(points),
    ...strokeFields(points),
    strokeColor,
  }
}
