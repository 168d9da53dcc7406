/** What commits are measured of: a place that keeps updates, each in the way of whom it stands for. */

/** One update on its way. */
export interface Entry {
  readonly document: string
  readonly update: Uint8Array
}

/** Keeps updates in a folder. */
export interface Keeper {
  /** Resolves when the batch is as safe as this place makes it. */
  commit(batch: readonly Entry[]): Promise<void>
  close(): Promise<void>
}

/** Commits one batch after the other, all to one document, and closes. */
export async function keepAll(
  keeper: Keeper,
  document: string,
  batches: readonly (readonly Uint8Array[])[],
): Promise<void> {
  for (const batch of batches) {
    await keeper.commit(batch.map((update) => ({ document, update })))
  }
  await keeper.close()
}
