/** The files of a database as they are, copied beside it before anything in them is changed. */
import { constants } from 'node:fs'
import { copyFile, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StoreError } from '../store-error.ts'
import { writeThroughDraft } from './draft-file.ts'
import { toStoreError } from './errors.ts'

/** The bytes that are free where a folder is. */
export type FreeBytes = (folder: string) => Promise<number>

/**
 * Makes one copy, the first time it is asked to: byte for byte, because what is damaged has no better form. Nobody may be
 * writing.
 */
export class Originals {
  readonly #file: string
  readonly #target: string
  readonly #freeBytes: FreeBytes
  #isKept = false

  constructor(file: string, options: { at: number; freeBytes?: FreeBytes | undefined }) {
    this.#file = file
    this.#target = beforeRepairName(file, new Date(options.at))
    this.#freeBytes = options.freeBytes ?? freeBytesOf
  }

  /** Where the copy is; null while there is none. */
  get path(): string | null {
    return this.#isKept ? this.#target : null
  }

  /** Resolves when the copy is whole and on disk. */
  async keep(): Promise<void> {
    if (this.#isKept) return
    const [wal, target] = [`${this.#file}-wal`, `${this.#target}-wal`]
    const sizes = [await sizeOf(this.#file), await sizeOf(wal)] as const
    await this.#checkRoom(sizes[0] + sizes[1])
    try {
      // The log first: under the name of the database there is only ever a whole copy.
      if (sizes[1] > 0) await copyWhole(wal, target)
      await copyWhole(this.#file, this.#target)
    } catch (error) {
      throw toStoreError(error, `copy "${this.#file}"`)
    }
    this.#isKept = true
  }

  async #checkRoom(bytes: number): Promise<void> {
    const free = await this.#freeBytes(dirname(this.#file))
    if (free >= bytes) return
    const words = `a copy of it needs ${bytes} bytes, and ${free} are free`
    throw new StoreError('full', `Cannot repair "${this.#file}": ${words}`)
  }
}

/** A name beside the database that says when it was repaired. */
function beforeRepairName(file: string, at: Date): string {
  return `${file}.before-repair-${at.toISOString().replace(/[:.]/g, '-')}`
}

/** Never over a copy that is there. On file systems that can, it shares the blocks and takes no time. */
function copyWhole(from: string, to: string): Promise<void> {
  return writeThroughDraft(to, (draft) =>
    copyFile(from, draft, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE),
  )
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
