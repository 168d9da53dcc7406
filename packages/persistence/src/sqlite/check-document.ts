/** Looks at every row of one document: which are what was written, and whether all that should be there is. Mends nothing. */
import type { Decoder } from './check.ts'
import { rowChecksum } from './checksum.ts'
import type { Counted, RawDocument, RawRow } from './reader.ts'

/** What one document came to. */
export interface Examined {
  /** What is wrong with it, each a sentence. */
  readonly problems: readonly string[]
  /** The assets it shows, as far as that can be told. */
  readonly shows: readonly string[]
}

/** Looks at every row of one document, and puts it together where all of them are sound. */
export function examineDocument(document: RawDocument, decoder: Decoder): Examined {
  const { snapshot, updates } = document
  const rows = [
    ...(snapshot ? [{ row: snapshot, name: `its snapshot up to ${snapshot.seq}` }] : []),
    ...updates.map((row) => ({ row, name: `update ${row.seq}` })),
  ]
  const unsound = rows.flatMap(({ row, name }) => {
    const fault = faultOf(row, { id: document.id, decoder })
    return fault ? [`${name} ${fault}`] : []
  })
  const problems = [...unsound, ...gapsOf(document)]
  if (problems.length > 0) return { problems, shows: [] }
  try {
    return { problems: [], shows: decoder.document(rows.map(({ row }) => row.bytes)) }
  } catch (error) {
    return { problems: [`it cannot be put together: ${wordsOf(error)}`], shows: [] }
  }
}

/** What is wrong with a row of the log; null for a sound one. */
export function faultOf(
  row: RawRow,
  { id, decoder }: { id: string; decoder: Decoder },
): string | null {
  if (rowChecksum(id, row.seq, row.bytes) !== row.crc) return 'does not match its checksum'
  const failure = failureOf(() => decoder.update(row.bytes))
  return failure && `cannot be decoded: ${failure}`
}

/** The numbers between the snapshot and the last update that no row has. Rows a snapshot stands for may be kept. */
export function gapsOf({
  seq,
  snapshot,
  updates,
}: Pick<RawDocument, 'seq' | 'snapshot' | 'updates'>): string[] {
  const gaps: string[] = []
  let next = (snapshot?.seq ?? 0) + 1
  for (const row of updates) {
    if (row.seq > next) gaps.push(gapWords(next, row.seq - 1, seq))
    next = Math.max(next, row.seq + 1)
  }
  if (next <= seq) gaps.push(gapWords(next, seq, seq))
  if (next > seq + 1) gaps.push(`it has ${next - 1} updates, the list of documents says ${seq}`)
  return gaps
}

/** The updates after the snapshot, and the bytes of both: what the list of documents repeats. */
export function countsOf({
  snapshot,
  updates,
}: Pick<RawDocument, 'snapshot' | 'updates'>): Pick<Counted, 'updates' | 'bytes'> {
  const upto = snapshot?.seq ?? 0
  const tail = updates.filter(({ seq }) => seq > upto)
  const bytes = tail.reduce((sum, row) => sum + row.bytes.length, snapshot?.bytes.length ?? 0)
  return { updates: tail.length, bytes }
}

/** What the list of documents says of it that is not so. */
export function miscountOf(document: RawDocument): string[] {
  const { updates, bytes } = countsOf(document)
  const { counted } = document
  if (updates === counted.updates && bytes === counted.bytes) return []
  const said = `the list of documents says ${counted.updates} in ${counted.bytes} bytes`
  return [`it has ${updates} updates after its snapshot in ${bytes} bytes, ${said}`]
}

function gapWords(from: number, to: number, of: number): string {
  return from === to
    ? `update ${from} of ${of} is missing`
    : `updates ${from} to ${to} of ${of} are missing`
}

function failureOf(run: () => void): string | null {
  try {
    run()
    return null
  } catch (error) {
    return wordsOf(error)
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
