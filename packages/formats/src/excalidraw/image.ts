/** Pictures on the board: which file, which part of it, which way round. */
import type { Random } from '@kolam/base'
import type { NewShape } from '@kolam/board'
import { isFiniteNumber, isJson, listOf } from '../json.ts'
import { boxRadius } from './roundness.ts'
import { readBox } from './box.ts'
import type { Built } from './built.ts'
import type { Element } from './element.ts'
import type { Pictures } from './pictures.ts'
import { angleOf, readStyle } from './style.ts'

type Crop = NonNullable<NewShape['crop']>

/** An image; one whose picture is not in the file keeps its place and has none. */
export function buildImage(
  element: Element,
  { random, pictures }: { readonly random: Random; readonly pictures: Pictures },
): Built {
  const box = readBox(element)
  const picture = pictures.find(element.raw['fileId'])
  const [scaleX, scaleY] = listOf(element.raw['scale'])
  const props = {
    ...readStyle(element, random),
    kind: 'image',
    angle: angleOf(element),
    fill: 'none',
    radius: boxRadius(element, box),
    asset: picture.ok ? picture.key : '',
    crop: cropOf(element.raw['crop']),
    flipX: isFiniteNumber(scaleX) && scaleX < 0,
    flipY: isFiniteNumber(scaleY) && scaleY < 0,
  } as const
  return { element, props, box, notDrawn: picture.ok ? null : picture.reason }
}

/** From pixels of the picture to shares of it. */
function cropOf(crop: unknown): Crop | null {
  if (!isJson(crop)) return null
  const across = spanOf(crop['x'], crop['width'], crop['naturalWidth'])
  const down = spanOf(crop['y'], crop['height'], crop['naturalHeight'])
  if (!across || !down) return null
  const part = { x: across.from, y: down.from, w: across.size, h: down.size }
  return part.w === 1 && part.h === 1 ? null : part
}

function spanOf(from: unknown, size: unknown, whole: unknown) {
  if (!isFiniteNumber(from) || !isFiniteNumber(size) || !isFiniteNumber(whole)) return null
  if (whole <= 0) return null
  const start = Math.max(0, Math.min(1, from / whole))
  const end = Math.max(0, Math.min(1, (from + size) / whole))
  return end - start > 0 ? { from: start, size: end - start } : null
}
