/** Pictures side by side, no two of them the same. */
import { createHash } from 'node:crypto'
import { IMAGES } from '../config.ts'
import type { Random } from './chance.ts'
import { type Element, elementOf, type SceneFile } from './elements.ts'
import { pngOf } from './png.ts'

export function imagesScene(random: Random): { elements: Element[]; files: SceneFile[] } {
  const { images, columns, cell, shown } = IMAGES
  const files = Array.from({ length: images }, () => fileOf(pngOf(IMAGES.pixels, random)))
  const elements = files.map(({ id }, place) =>
    elementOf(
      {
        type: 'image',
        x: (place % columns) * cell.w,
        y: Math.floor(place / columns) * cell.h,
        width: shown.w,
        height: shown.h,
        fileId: id,
        status: 'saved',
        scale: [1, 1],
        crop: null,
      },
      place,
    ),
  )
  return { elements, files }
}

function fileOf(png: Buffer): SceneFile {
  const id = createHash('sha1').update(png).digest('hex')
  return { id, mimeType: 'image/png', dataURL: `data:image/png;base64,${png.toString('base64')}` }
}
