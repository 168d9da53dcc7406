/**
 * A moment in which everything must be right: everybody has a line and is saved, all copies of a document are the same
 * and hold everything that was ever acknowledged, and everybody sees just those who are there.
 */
import { idsOf } from '../../relay/support/person.ts'
import { type Board, sameCopies } from './board.ts'
import type { Crowd } from './crowd.ts'
import { assertNone, untilNone } from './faults.ts'
import { readDocument } from './reading.ts'
import type { SoakServer } from './soak-server.ts'

/** What is looked at. */
export interface Scene {
  readonly server: SoakServer
  readonly crowd: Crowd
  /** Seconds since the beginning. */
  readonly now: number
}

/** A stock client waits for 30 s before it gives a broken line up; then it comes back. */
const RETURN_MS = 60_000
const AGREE_MS = 15_000
/** A ghost goes by itself after 30 s, somebody unseen is seen by itself after 15 s: neither is good enough. */
const PRESENCE_MS = 5_000
/** A room is unloaded 30 s after the last one left, and may be compacted before. */
const WARM_SECONDS = 45

/** Waits until all is right, and says what took its time; rejects with what is not. */
export async function checkpoint(scene: Scene): Promise<string[]> {
  const { crowd, server } = scene
  const waits = [
    await untilNone('everybody returns and is saved', RETURN_MS, () => lineFaults(scene)),
  ]
  for (const board of crowd.active) {
    waits.push(await untilNone('all copies agree', AGREE_MS, () => copyFaults(scene, board)))
    await auditOne(server, board)
    settle(crowd, board)
  }
  waits.push(await untilNone('everybody sees everybody', PRESENCE_MS, () => presenceFaults(crowd)))
  waits.push(await untilNone('the server is well', AGREE_MS, () => serverFaults(scene)))
  return waits.flat()
}

/** What fresh readers find on these boards must hold everything that was ever acknowledged. */
export async function audit(server: SoakServer, boards: readonly Board[]): Promise<void> {
  for (const board of boards) await auditOne(server, board)
}

async function auditOne({ syncUrl }: SoakServer, board: Board): Promise<void> {
  assertNone('a fresh reader', await readDocument(syncUrl, board.id, (doc) => board.faults(doc)))
}

async function lineFaults({ server, crowd }: Scene): Promise<string[]> {
  const waiting = crowd.guests.filter((guest) => !guest.isSettled)
  if (waiting.length > 0) return waiting.map(({ name }) => `${name} is not settled`)
  const { connections } = await server.metrics()
  const expected = crowd.guests.length
  return connections === expected ? [] : [`${connections} connections of ${expected} people`]
}

/** Against what the server says now, for it knows of everything that was saved. */
async function copyFaults({ server, crowd }: Scene, board: Board): Promise<string[]> {
  return readDocument(server.syncUrl, board.id, (doc) =>
    crowd
      .on(board)
      .filter(({ person }) => !sameCopies(person.doc, doc))
      .map(({ name }) => `${name} has another copy than the server`),
  )
}

/** What is in a copy that all share was saved, whoever was told so. */
function settle(crowd: Crowd, board: Board): void {
  for (const guest of crowd.on(board)) guest.settle(() => true)
}

function presenceFaults(crowd: Crowd): string[] {
  return crowd.active.flatMap((board) => {
    const guests = crowd.on(board)
    const there = idsOf(...guests.map(({ person }) => person))
    return guests.flatMap(({ name, person: { people } }) => [
      ...people.filter((id) => !there.includes(id)).map((id) => `${name} sees the ghost of ${id}`),
      ...there.filter((id) => !people.includes(id)).map((id) => `${name} does not see ${id}`),
    ])
  })
}

async function serverFaults({ server, crowd, now }: Scene): Promise<string[]> {
  const faults = await server.healthFaults()
  const { rooms, queuedBytes, waitingJoins, jobs, refusedEdits } = await server.metrics()
  const warm = crowd.warmBoards(now, WARM_SECONDS)
  if (rooms > warm) faults.push(`${rooms} rooms in memory, of ${warm} that were used lately`)
  if (queuedBytes > 0) faults.push(`${queuedBytes} bytes wait for the disk`)
  if (waitingJoins > 0) faults.push(`${waitingJoins} people wait for their documents`)
  if (jobs > 0) faults.push(`${jobs} jobs have not ended`)
  if (refusedEdits > 0) faults.push(`${refusedEdits} edits were refused`)
  return faults
}
