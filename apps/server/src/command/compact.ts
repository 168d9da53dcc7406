/** `kolam compact`: one snapshot in the place of a document's updates, proven to make the same document. */
import type { Store } from '@kolam/persistence'
import { breathe } from '@kolam/persistence/sqlite'
import { compact as compacted } from '@kolam/relay/yjs'
import { type Call, type Command, DATA_OPTION, type Outcome, OUTPUT_OPTIONS } from './command.ts'
import { findData } from './data-folder.ts'
import { CommandError } from './errors.ts'
import { countText, sizeText } from './words.ts'
import { makerOf, openKept } from './write-history.ts'

export const compact: Command = {
  name: 'compact',
  operands: ['[id]'],
  summary: 'Put snapshots in the place of updates; no server may be using the data folder',
  notes: [
    'A running server does this by itself. The snapshot is read back and compared before the updates it stands for go;\n' +
      'a document that cannot be compacted is left as it is and named. The room that becomes free is used again by what\n' +
      'is stored next; the database file does not shrink.',
  ],
  options: { ...DATA_OPTION, ...OUTPUT_OPTIONS },
  run: async (call) => {
    const { folder } = await findData(call)
    const store = await openKept({ folder, env: call.env })
    try {
      return await compactAll(store, call)
    } finally {
      await store.close()
    }
  },
}

/** What one document came to. */
interface Line {
  readonly id: string
  readonly bytesBefore: number
  readonly bytesAfter: number
  readonly problem: string | null
}

async function compactAll(store: Store, call: Call): Promise<Outcome> {
  const ids = await idsOf(store, call.operands[0])
  const lines: Line[] = []
  for (const [index, id] of ids.entries()) {
    await breathe(call.work, { step: 'compact documents', done: index, total: ids.length })
    lines.push(await compactOne(store, id, () => call.now()))
  }
  await breathe(call.work, { step: 'compact documents', done: ids.length, total: ids.length })
  return outcomeOf(lines)
}

async function idsOf(store: Store, asked: string | undefined): Promise<string[]> {
  const ids = (await store.list()).map(({ id }) => id)
  if (asked === undefined) return ids
  if (ids.includes(asked)) return [asked]
  throw new CommandError(`There is no document "${asked}"`)
}

async function compactOne(store: Store, id: string, now: () => number): Promise<Line> {
  let bytesBefore = 0
  try {
    const { snapshot, updates, seq, damage } = await store.open(id)
    if (damage) throw new CommandError(`It is damaged: ${damage.join(', ')}`)
    const parts = snapshot ? [snapshot, ...updates] : [...updates]
    bytesBefore = parts.reduce((sum, { length }) => sum + length, 0)
    if (updates.length === 0) return { id, bytesBefore, bytesAfter: bytesBefore, problem: null }
    // Updates stay until a point of the history holds them.
    await makerOf(store, now).make(id)
    const bytes = compacted(parts)
    await store.compact(id, bytes, seq)
    return { id, bytesBefore, bytesAfter: bytes.length, problem: null }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { id, bytesBefore, bytesAfter: bytesBefore, problem }
  }
}

function outcomeOf(documents: readonly Line[]): Outcome {
  const failed = documents.filter(({ problem }) => problem !== null)
  const before = documents.reduce((sum, { bytesBefore }) => sum + bytesBefore, 0)
  const after = documents.reduce((sum, { bytesAfter }) => sum + bytesAfter, 0)
  const counts = countText(documents.length - failed.length, 'document')
  const text = [
    `${counts} compacted: ${sizeText(before)} before, ${sizeText(after)} after`,
    ...failed.map(({ id, problem }) => `  Document "${id}": ${problem}`),
  ].join('\n')
  const ok = failed.length === 0
  return {
    kind: 'said',
    ok,
    data: { ok, bytesBefore: before, bytesAfter: after, documents },
    text,
  }
}
