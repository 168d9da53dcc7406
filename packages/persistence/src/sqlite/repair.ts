/**
 * Mends what a check finds in a data folder that nobody else uses. Before the first change the database is copied as it
 * is; nothing is deleted that is not in that copy, and no row that is not in the quarantine as well.
 *
 * Each document is one step, and so is the structure: whenever it ends early, doing it again finishes it.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { backup as copyPages, DatabaseSync } from 'node:sqlite'
import { Disposers } from '@kolam/base'
import { StoreError } from '../store-error.ts'
import { assetFiles } from './asset-source.ts'
import { checkEverything, type CheckReport } from './check.ts'
import { type MovedAsset, moveDamagedAssets } from './damaged-assets.ts'
import { openDatabase } from './database.ts'
import { draftName } from './draft-file.ts'
import { toStoreError } from './errors.ts'
import { lockFolder } from './lock.ts'
import { breathe, type LongWork } from './long-work.ts'
import { type FreeBytes, Originals } from './originals.ts'
import { documentKeys } from './quarantine.ts'
import { DatabaseReader, openForReading } from './reader.ts'
import { rebuildDatabase } from './rebuild.ts'
import { type MendedDocument, repairDocument } from './repair-document.ts'
import { planDocument, type RepairTools } from './repair-plan.ts'
import { MIGRATIONS, schemaVersion } from './schema.ts'

/** What is repaired, and with what. */
export interface RepairOptions extends LongWork, RepairTools {
  readonly folder: string
  readonly freeBytes?: FreeBytes
}

/** What a repair came to. */
export interface RepairReport {
  readonly before: CheckReport
  /** Null where nothing was wrong. */
  readonly after: CheckReport | null
  /** The database as it was; null where it was not changed. */
  readonly copy: string | null
  /** What was done about the structure, or why nothing could be; empty where it was sound. */
  readonly structure: readonly string[]
  readonly documents: readonly MendedDocument[]
  /** What could not be done, each a sentence. */
  readonly failures: readonly string[]
  readonly movedAssets: readonly MovedAsset[]
}

/** Repairs a folder; rejects with `locked` where somebody uses it, and with `full` where there is no room for a copy. */
export async function repairFolder(options: RepairOptions): Promise<RepairReport> {
  const locks = new Disposers()
  try {
    locks.add(lockFolder(options.folder))
    return await new Repair(options).run()
  } catch (error) {
    options.signal.throwIfAborted()
    throw withAdvice(toStoreError(error, `repair "${options.folder}"`))
  } finally {
    locks.dispose()
  }
}

/** What SQLite cannot open nobody can look into. */
function withAdvice(error: StoreError): StoreError {
  if (error.code !== 'corrupt' && error.code !== 'invalid') return error
  const advice = 'restore a backup'
  if (error.message.endsWith(advice)) return error
  return new StoreError(error.code, `${error.message}; ${advice}`, { cause: error })
}

/** One repair, in its order. */
class Repair {
  readonly #options: RepairOptions
  readonly #file: string
  readonly #originals: Originals
  readonly #structure: string[] = []
  readonly #failures: string[] = []

  constructor(options: RepairOptions) {
    this.#options = options
    this.#file = join(options.folder, 'kolam.db')
    this.#originals = new Originals(this.#file, options)
  }

  async run(): Promise<RepairReport> {
    const before = await this.#check()
    const found = { before, structure: this.#structure, failures: this.#failures }
    if (before.problems.length === 0) {
      return { ...found, after: null, copy: null, documents: [], movedAssets: [] }
    }
    const isStructureSound = await this.#mendStructure()
    const documents = isStructureSound ? await this.#mendDocuments() : []
    const movedAssets = await moveDamagedAssets(this.#assets, this.#options)
    const after = await this.#check()
    return { ...found, after, copy: this.#originals.path, documents, movedAssets }
  }

  get #assets(): string {
    return join(this.#options.folder, 'assets')
  }

  async #check(): Promise<CheckReport> {
    const reader = new DatabaseReader(openForReading(this.#file))
    try {
      return await checkEverything({ ...this.#options, reader, assets: assetFiles(this.#assets) })
    } finally {
      reader.close()
    }
  }

  /** Tried beside the database, and put in its place in one transaction when it is sound. */
  async #mendStructure(): Promise<boolean> {
    if (faultsOf(this.#file).length === 0) return true
    await breathe(this.#options, { step: 'rebuild database', done: 0, total: 1 })
    const draft = draftName(this.#file)
    try {
      const { incomplete, quarantined } = rebuildDatabase({
        from: this.#file,
        to: draft,
        at: this.#options.at,
      })
      const [fault] = faultsOf(draft)
      if (fault !== undefined) throw new StoreError('corrupt', `The new database: ${fault}`)
      await this.#originals.keep()
      await putInPlace(draft, this.#file)
      this.#structure.push('it was rebuilt row by row')
      if (quarantined > 0) this.#structure.push('rows that fit no table were moved to quarantine')
      this.#failures.push(...incomplete.map(incompleteWords))
      return true
    } catch (error) {
      const { code, message } = withAdvice(toStoreError(error, 'rebuild the database'))
      if (code !== 'corrupt') throw error
      this.#failures.push(message)
      return false
    } finally {
      await rm(draft, { force: true })
      await breathe(this.#options, { step: 'rebuild database', done: 1, total: 1 })
    }
  }

  async #mendDocuments(): Promise<MendedDocument[]> {
    if (!this.#isAnythingToDo()) return []
    await this.#originals.keep()
    const sql = openDatabase(this.#options.folder)
    try {
      const mended: MendedDocument[] = []
      const keys = documentKeys(sql)
      for (const [index, key] of keys.entries()) {
        await breathe(this.#options, { step: 'mend documents', done: index, total: keys.length })
        const found = this.#attempt(key.id, () => repairDocument(sql, key, this.#options))
        if (found) mended.push(found)
      }
      await breathe(this.#options, {
        step: 'mend documents',
        done: keys.length,
        total: keys.length,
      })
      return mended
    } finally {
      sql.close()
    }
  }

  /** Looked at without a change, so that what cannot be mended is not copied each time. */
  #isAnythingToDo(): boolean {
    const sql = openForReading(this.#file)
    try {
      // What an older Kolam wrote is brought up to date first, which is a change.
      if (schemaVersion(sql) < MIGRATIONS.length) return true
      return documentKeys(sql).some((key) => {
        try {
          return planDocument(sql, key, this.#options).done.length > 0
        } catch {
          return false
        }
      })
    } finally {
      sql.close()
    }
  }

  /** A document that cannot be mended must not keep the others from it; a disk that fails must. */
  #attempt(id: string, mend: () => MendedDocument | null): MendedDocument | null {
    try {
      return mend()
    } catch (error) {
      if (isOfDisk(error)) throw error
      const words = error instanceof Error ? error.message : String(error)
      this.#failures.push(`Document "${id}" cannot be mended: ${words}`)
      return null
    }
  }
}

function incompleteWords(table: string): string {
  if (table === 'documents') {
    const words =
      'what was in the trash may be out of it, and ids that were removed for good may be free'
    return `the list of documents could not be read to its end, and was made again from their rows: ${words}`
  }
  return `the table ${table} could not be read to its end: what is lost of it is named below, or in the copy`
}

function isOfDisk(error: unknown): boolean {
  return error instanceof Error && ('errcode' in error || 'syscall' in error)
}

function faultsOf(file: string): string[] {
  const reader = new DatabaseReader(openForReading(file))
  try {
    return reader.faults()
  } catch (error) {
    return [toStoreError(error, `check "${file}"`).message]
  } finally {
    reader.close()
  }
}

/** All pages in one transaction: a crash leaves the old database or the new one. */
async function putInPlace(draft: string, file: string): Promise<void> {
  const source = new DatabaseSync(draft, { readOnly: true })
  try {
    await copyPages(source, file)
  } finally {
    source.close()
  }
}
