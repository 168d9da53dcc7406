/** The pictures of one file: read when first asked for, each once, so that unused ones cost nothing. */
import type { ImportedAsset } from '../imported-scene.ts'
import { ownProperty } from '../json.ts'
import { readPicture } from '../picture.ts'

/** The key of a picture, or why there is none. */
export type Found =
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly reason: string }

/** Pictures by the id their file has for them. */
export interface Pictures {
  find(fileId: unknown): Found
  /** Those found so far. */
  readonly assets: ImportedAsset[]
}

/** The pictures among the `files` of a drawing. */
export function picturesIn(files: unknown): Pictures {
  const assets: ImportedAsset[] = []
  const known = new Map<string, Found>()
  return {
    assets,
    find(fileId) {
      if (typeof fileId !== 'string') return { ok: false, reason: 'picture missing from the file' }
      const found = known.get(fileId) ?? read(fileId)
      known.set(fileId, found)
      return found
    },
  }

  function read(fileId: string): Found {
    const picture = readPicture(ownProperty(ownProperty(files, fileId), 'dataURL'))
    if (!picture.ok) return picture
    const key = `picture:${assets.length + 1}`
    assets.push({ key, type: picture.type, bytes: picture.bytes })
    return { ok: true, key }
  }
}
