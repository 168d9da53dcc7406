/**
 * Images by their content: the name of a file is the SHA-256 of its bytes, so equal images are kept once.
 * Never changes what it has taken.
 */
import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { type AsideRules, bringBack, collectAssets, type Collected } from './aside.ts'
import { AssetError, type AssetErrorCode } from './asset-error.ts'
import { type Disk, errnoOf, systemDisk } from './disk.ts'
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
  /** Puts aside what no document names, and removes what has been aside for long. Rejects with an `AssetError`. */
  collect(rules: AsideRules): Promise<Collected>
}

/** Where the assets are, and on which disk (only tests need another one). */
export interface AssetsOptions {
  readonly folder: string
  readonly bytesMax?: number
  readonly disk?: Disk
}

/** Opens (and makes) a folder of assets; what a crash left half written is cleared away. Rejects with an `AssetError`. */
export async function openAssets(options: AssetsOptions): Promise<Assets> {
  const { bytesMax = ASSET_BYTES_MAX, disk = systemDisk } = options
  const folder = resolve(options.folder)
  const temporary = join(folder, 'unfinished')
  try {
    await makeFolderDurably(disk, folder)
    await disk.rm(temporary, { recursive: true, force: true })
    await disk.mkdir(temporary)
  } catch (error) {
    throw toAssetError(error, `open the folder of images "${folder}"`)
  }
  return new AssetFolder({ folder, temporary, bytesMax, disk })
}

class AssetFolder implements Assets {
  readonly bytesMax: number
  readonly #folder: string
  readonly #temporary: string
  readonly #disk: Disk
  /** Writes under way: a second one of the same bytes waits for the first and shares its end. */
  readonly #writing = new Map<string, Promise<void>>()

  constructor(options: { folder: string; temporary: string; bytesMax: number; disk: Disk }) {
    this.#folder = options.folder
    this.#temporary = options.temporary
    this.#disk = options.disk
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
      throw toAssetError(error, 'keep the image')
    } finally {
      this.#writing.delete(id)
    }
  }

  async get(id: string): Promise<StoredAsset | null> {
    if (!/^[0-9a-f]{64}$/.test(id)) return null
    const path = this.#pathOf(id)
    const found = (await readHead(this.#disk, path)) ?? (await this.#readAside(id))
    const type = found && imageType(found.head)
    return found && type ? { id, type, size: found.size, path } : null
  }

  async collect(rules: AsideRules): Promise<Collected> {
    try {
      return await collectAssets(this.#folder, rules)
    } catch (error) {
      throw toAssetError(error, 'look through the images')
    }
  }

  /** Whoever asks for an asset has a document that shows it. */
  async #readAside(id: string): ReturnType<typeof readHead> {
    return (await bringBack(this.#folder, id)) ? readHead(this.#disk, this.#pathOf(id)) : null
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

  #write(id: string, bytes: Uint8Array): Promise<void> {
    return writeDurably(this.#disk, { path: this.#pathOf(id), bytes, temporary: this.#temporary })
  }

  /** Spread over 256 folders, since some file systems slow down with very many names in one. */
  #pathOf(id: string): string {
    return join(this.#folder, id.slice(0, 2), id)
  }
}

async function readHead(
  disk: Disk,
  path: string,
): Promise<{ head: Uint8Array; size: number } | null> {
  const file = await disk.open(path, 'r').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  })
  if (!file) return null
  try {
    const { size } = await file.stat()
    const head = new Uint8Array(HEAD_BYTES)
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0)
    return { head: head.subarray(0, bytesRead), size }
  } finally {
    await file.close()
  }
}

const BY_ERRNO: Readonly<Record<string, AssetErrorCode>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
}

function toAssetError(error: unknown, what: string): AssetError {
  const errno = errnoOf(error)
  const code = BY_ERRNO[errno] ?? 'unavailable'
  return new AssetError(code, `Cannot ${what}: the disk refuses (${errno})`, { cause: error })
}
