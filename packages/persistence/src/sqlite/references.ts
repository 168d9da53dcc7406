/** References from documents to assets in SQLite: written in the transaction of the update that names them. */
import { assetNamesIn } from '../asset-names.ts'
import type { DocumentAssets } from '../asset-references.ts'
import { UPDATE_ASSETS_MAX } from '../store.ts'
import { inTransaction, type Sql } from './sql.ts'
import type { Statements } from './statements.ts'

export class SqliteReferences {
  readonly #sql: Sql
  readonly #statements: Statements

  constructor(sql: Sql, statements: Statements) {
    this.#sql = sql
    this.#statements = statements
  }

  /** An update is being stored. Nearly all name none, and cost a look at every 64th byte. */
  take(id: string, update: Uint8Array): void {
    for (const name of assetNamesIn(update, UPDATE_ASSETS_MAX)) {
      this.#statements.insertReference.run(id, name)
    }
  }

  /** A document is being removed for good. */
  remove(id: string): void {
    this.#statements.removeReferences.run(id)
  }

  count(): Map<string, number> {
    const rows = this.#statements.countReferences.all()
    return new Map(rows.map((row) => [String(row['asset']), Number(row['documents'])]))
  }

  documents(): string[] {
    return this.#statements.listReferring.all().map((row) => String(row['document']))
  }

  keepOnly(id: string, { assets, seq }: DocumentAssets): void {
    inTransaction(this.#sql, () => {
      if (this.#statements.readSeq.get(id)?.['seq'] !== seq) return
      for (const row of this.#statements.readReferences.all(id)) {
        const asset = String(row['asset'])
        if (!assets.has(asset)) this.#statements.removeReference.run(id, asset)
      }
    })
  }
}
