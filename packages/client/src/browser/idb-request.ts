/** IndexedDB's events as promises. */

/** What a request brings. */
export function ask<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(reasonOf(request.error)))
  })
}

/** Resolves when everything of a transaction is kept; rejects when nothing of it is. */
export function done(transaction: IDBTransaction): Promise<void> {
  const finished = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(reasonOf(transaction.error)))
  })
  // Whoever stops listening before the end has a reason of their own.
  finished.catch(() => undefined)
  return finished
}

/** A database to open. */
export interface DatabaseOptions {
  readonly name: string
  readonly version: number
  /** Makes the tables of this version out of those of `from`, which is 0 where there were none. */
  readonly upgrade: (transaction: IDBTransaction, from: number) => void
}

/** Rejects where the browser has none, or does not let this page use it. */
export function openDatabase({ name, version, upgrade }: DatabaseOptions): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version)
    request.addEventListener('upgradeneeded', (event) =>
      upgrade(request.transaction!, event.oldVersion),
    )
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(reasonOf(request.error)))
  })
}

/** Why something failed; some browsers do not say. */
export function reasonOf(error: DOMException | null): Error {
  return error ?? new Error('The browser did not say why')
}
