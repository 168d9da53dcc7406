/** Decides when the write-ahead log is copied into the database. Never during a commit, mostly while nobody waits. */
import type { Clock, Disposer } from '@kolam/base'
import type { Sql } from './sql.ts'

/** Quiet for this long: nobody is waiting for the disk. */
const IDLE_MS = 250

/** Beyond this the log is copied even under load: a long one makes every read and the next start slower. */
const WAL_BYTES_MAX = 32 * 1024 * 1024

/** What a row costs in the log beside its bytes: the page it lies on and the page of its document. */
const ROW_BYTES = 8 * 1024

/** Follows what is written and checkpoints at a good moment. */
export class Checkpoints {
  readonly #sql: Sql
  readonly #clock: Clock
  #walBytes = 0
  #cancel: Disposer = () => {}

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql
    this.#clock = clock
  }

  /** Tells of a commit of about so many bytes over so many documents. */
  wrote(bytes: number, documents: number): void {
    this.#walBytes += bytes + documents * ROW_BYTES
    this.#cancel()
    if (this.#walBytes >= WAL_BYTES_MAX) this.#run()
    else this.#cancel = this.#clock.after(IDLE_MS, () => this.#run())
  }

  /** Forgets the plan; closing the connection checkpoints by itself. */
  stop(): void {
    this.#cancel()
  }

  #run(): void {
    this.#walBytes = 0
    try {
      this.#sql.exec('PRAGMA wal_checkpoint(PASSIVE)')
    } catch {
      // It loses nothing: the log stays and the next commit plans another. A sick disk shows at the commits.
    }
  }
}
