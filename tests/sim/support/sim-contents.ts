/** What a document has, compared with what another one has: what was written, and what was deleted. */
import * as Y from 'yjs'
import { rangesOf, without } from './client-parts.ts'

/** Whether everything in `part` is in `whole`, deletions included. */
export function holdsAll(whole: Y.Doc, part: Y.Doc): boolean {
  if (hasWaiting(whole) || hasWaiting(part)) return includesRanges(whole, part)
  return includes(Y.snapshot(whole), Y.snapshot(part))
}

/** Whether both have the same in them, and have deleted the same. */
export function isSame(a: Y.Doc, b: Y.Doc): boolean {
  return Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) && textOf(a) === textOf(b)
}

/** How far each author's clock has come. */
export function clocksOf(doc: Y.Doc): Map<number, number> {
  return Y.decodeStateVector(Y.encodeStateVector(doc))
}

function includes(whole: Y.Snapshot, part: Y.Snapshot): boolean {
  for (const [author, clock] of part.sv) if ((whole.sv.get(author) ?? 0) < clock) return false
  for (const [author, runs] of part.ds.clients) {
    const there = whole.ds.clients.get(author) ?? []
    // Runs are in order and do not touch, so that one of them covers what is covered at all.
    const isThere = ({ clock, len }: (typeof runs)[number]): boolean =>
      there.some((run) => run.clock <= clock && clock + len <= run.clock + run.len)
    if (!runs.every(isThere)) return false
  }
  return true
}

/** Whether something in it waits for what is missing; only its updates have that. */
function hasWaiting({ store }: Y.Doc): boolean {
  return store.pendingStructs !== null || store.pendingDs !== null
}

function includesRanges(whole: Y.Doc, part: Y.Doc): boolean {
  const [there, wanted] = [whole, part].map((doc) => rangesOf(Y.encodeStateAsUpdate(doc)))
  const structs = without(wanted!.structs, there!.structs)
  const deletes = without(wanted!.deletes, there!.deletes)
  return structs.length + deletes.length === 0
}

function textOf(doc: Y.Doc): string {
  const shapes = Object.entries(doc.getMap('shapes').toJSON()).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([shapes, doc.getArray('list').toJSON(), doc.getText('text').toJSON()])
}
