/** Pages of handwriting: words of one stroke each, in lines. */
import { HANDWRITING } from '../config.ts'
import { between, type Random } from './chance.ts'
import { type Element, elementOf } from './elements.ts'
import { penStroke } from './pen.ts'

export function handwritingScene(random: Random): Element[] {
  const { strokes, points, columns, cell } = HANDWRITING
  return Array.from({ length: strokes }, (_, place) => {
    const box = {
      x: (place % columns) * cell.w + between(random, 0, 4),
      y: Math.floor(place / columns) * cell.h + between(random, 0, 4),
      width: between(random, cell.w * 0.6, cell.w - 10),
      height: between(random, cell.h * 0.4, cell.h - 16),
    }
    const stroke = penStroke(box, { random, points, strokeColor: '#1971c2' })
    return elementOf({ ...stroke, strokeWidth: 1 }, place)
  })
}
