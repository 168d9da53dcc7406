/** The rows of a document's log, sound ones and suspects. Reads and mends nothing. */
import type { Decoder } from './check.ts'
import { faultOf } from './check-document.ts'
import { firstFailure } from './check-history.ts'
import type { Suspect } from './quarantine.ts'
import type { RawRow } from './reader.ts'
import type { Facts } from './repair-facts.ts'

/** What a suspect says of a row's number. */
export function numberOf(seq: number): number | null {
  return seq < 0 ? null : seq
}

/** Rows whose numbers cannot be are one suspect together. */
export function withoutRepeats(suspects: readonly Suspect[]): Suspect[] {
  const odd = new Set<string>()
  return suspects.filter(({ source, number }) => {
    if (number !== null) return true
    const isFirst = !odd.has(source)
    odd.add(source)
    return isFirst
  })
}

/** The rows of the log, sound and not. */
export interface SortedLog {
  readonly suspects: readonly Suspect[]
  readonly snapshot: RawRow | null
  readonly updates: readonly RawRow[]
  readonly parts: readonly Uint8Array[]
  /** The assets they show. */
  readonly shows: readonly string[]
}

/** Tells them apart; what cannot be put together with the rows before it is not sound either. */
export function sortLog(
  { snapshot, updates }: Facts,
  about: { id: string; decoder: Decoder },
): SortedLog {
  const { id, decoder } = about
  const suspects: Suspect[] = []
  const entries = [
    ...(snapshot ? [{ row: snapshot, source: 'snapshots' as const }] : []),
    ...updates.map((row) => ({ row, source: 'updates' as const, number: numberOf(row.seq) })),
  ]
  let sound = entries.filter(({ row, ...place }) => {
    const reason = faultOf(row, { id, decoder })
    if (reason !== null) suspects.push({ ...place, reason })
    return reason === null
  })
  let failure = firstFailure(partsOf(sound), decoder)
  while (failure) {
    const { row: _, ...place } = sound[failure.at]!
    suspects.push({ ...place, reason: `cannot be put together with the others: ${failure.words}` })
    sound = sound.toSpliced(failure.at, 1)
    failure = firstFailure(partsOf(sound), decoder)
  }
  return {
    suspects,
    snapshot: sound.find(({ source }) => source === 'snapshots')?.row ?? null,
    updates: sound.filter(({ source }) => source === 'updates').map(({ row }) => row),
    parts: partsOf(sound),
    shows: sound.length > 0 ? decoder.document(partsOf(sound)) : [],
  }
}

function partsOf(entries: readonly { readonly row: RawRow }[]): Uint8Array[] {
  return entries.map(({ row }) => row.bytes)
}
