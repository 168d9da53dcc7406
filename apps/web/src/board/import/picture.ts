/** A picture file as the server's store and the board need it. */
import type { Size } from '@kolam/geometry'
import { uploadAsset } from './assets.ts'

export interface Picture extends Size {
  readonly asset: string
}

export interface PictureOptions {
  /** Size of the view in screen pixels. */
  readonly viewport: Size
  readonly signal: AbortSignal
}

/** A picture takes at most this share of the view when it arrives. */
const VIEW_SHARE = 0.6

/** Stores the picture; `w` and `h` are screen pixels. Rejects when it is no picture or was refused. */
export async function readPicture(
  file: File,
  { viewport, signal }: PictureOptions,
): Promise<Picture> {
  const bitmap = await createImageBitmap(file)
  const { width, height } = bitmap
  bitmap.close()
  const bytes = new Uint8Array(await file.arrayBuffer())
  const asset = await uploadAsset({ type: file.type, bytes }, signal)
  return { asset, ...fitInto({ w: width, h: height }, viewport) }
}

/** The size of a picture when it arrives: its own, or smaller if it would fill the view. */
export function fitInto({ w, h }: Size, viewport: Size): Size {
  const scale = Math.min(1, (viewport.w * VIEW_SHARE) / w, (viewport.h * VIEW_SHARE) / h)
  return { w: w * scale, h: h * scale }
}
