/**
 * Images by their content: the name of a file is the SHA-256 of its bytes, so equal images are kept once.
 * Never changes or deletes what it has taken.
 */
import { createHash } from 'node:crypto'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AssetError, type AssetErrorCode } from './asset-error.ts'
import { makeFolderDurably, writeDurably } from './durable-file.ts'
import { HEAD_BYTES, imageType } from './image-type.ts'

/** The largest asset unless another bound is given: a photograph fits, a film does not. */
export const ASSET_BYTES_MAX = 25 * 1024 * 1024

/** An asset that was taken in. */
export interface Asset {
  /** SHA-256 of the bytes in lower-case hexadecimal. */
  readonly id: string
  readonly type: string
  readonly size: number
}

/** An asset and the file it lies in. */
export interface StoredAsset extends Asset {
  readonly path: string
}

/** The folder of assets. */
export interface Assets {
  readonly bytesMax: number
  /** Resolves when the bytes would survive a crash; rejects with an `AssetError`. */
  put(bytes: Uint8Array): Promise<Asset>
  /** Null for an id that is unknown or is none. */
  get(id: string): Promise<StoredAsset | null>
}

/** Opens (and makes) a folder of assets; what a crash left half written is cleared away. */
export async function openAssets(options: { folder: string; bytesMax?: number }): Promise<Assets> {
  const folder = resolve(options.folder)
  const temporary = join(folder, 'unfinished')
  await makeFolderDurably(folder)
  await rm(temporary, { recursive: true, force: true })
  await mkdir(temporary)
  return new AssetFolder({ folder, temporary, bytesMax: options.bytesMax ?? ASSET_BYTES_MAX })
}

class AssetFolder implements Assets {
  readonly bytesMax: number
  readonly #folder: string
  readonly #temporary: string
  /** Writes under way: a second one of the same bytes waits for the first, else it would answer too early. */
  readonly #writing = new Map<string, Promise<void>>()

  constructor(options: { folder: string; temporary: string; bytesMax: number }) {
    this.#folder = options.folder
    this.#temporary = options.temporary
    this.bytesMax = options.bytesMax
  }

  async put(bytes: Uint8Array): Promise<Asset> {
    const type = this.#accept(bytes)
    const id = createHash('sha256').update(bytes).digest('hex')
    const writing = this.#writing.get(id) ?? this.#write(id, bytes)
    this.#writing.set(id, writing)
    try {
      await writing
      return { id, type, size: bytes.length }
    } catch (error) {
      throw toAssetError(error)
    } finally {
      this.#writing.delete(id)
    }
  }

  async get(id: string): Promise<StoredAsset | null> {
    if (!/^[0-9a-f]{64}$/.test(id)) return null
    const path = this.#pathOf(id)
    const found = await readHead(path)
    const type = found && imageType(found.head)
    return found && type ? { id, type, size: found.size, path } : null
  }

  #accept(bytes: Uint8Array): string {
    const { bytesMax } = this
    if (bytes.length === 0) throw new AssetError('empty', 'Cannot keep the image: it is empty')
    if (bytes.length > bytesMax) {
      const sizes = `it has ${bytes.length} bytes, the limit is ${bytesMax}`
      throw new AssetError('too-large', `Cannot keep the image: ${sizes}`)
    }
    const type = imageType(bytes)
    if (type) return type
    const kinds = 'only PNG, JPEG, GIF, WebP, AVIF and SVG images are kept'
    throw new AssetError('type', `Cannot keep the file: ${kinds}`)
  }

  async #write(id: string, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(id)
    // A file under its final name is whole: it got the name after its bytes were on disk.
    if (await isFile(path)) return
    await writeDurably(path, bytes, { temporary: this.#temporary })
  }

  /** Spread over 256 folders, since some file systems slow down with very many names in one. */
  #pathOf(id: string): string {
    return join(this.#folder, id.slice(0, 2), id)
  }
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(nullIfMissing)
  return found?.isFile() ?? false
}

async function readHead(path: string): Promise<{ head: Uint8Array; size: number } | null> {
  const file = await open(path, 'r').catch(nullIfMissing)
  if (!file) return null
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return { head: buffer.subarray(0, bytesRead), size }
  } finally {
    await file.close()
  }
}

function nullIfMissing(error: unknown): null {
  if (errnoOf(error) === 'ENOENT') return null
  throw error
}

const BY_ERRNO: Readonly<Record<string, AssetErrorCode>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
}

function toAssetError(error: unknown): AssetError {
  const errno = errnoOf(error)
  return new AssetError(
    BY_ERRNO[errno] ?? 'unavailable',
    `Cannot keep the image: the disk refuses (${errno})`,
    { cause: error },
  )
}

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
