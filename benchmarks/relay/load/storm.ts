/** Everybody opens the same large board at once: how long until the last one has all of it. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { RUN, type StormScenario } from '../config.ts'
import type { Figures, Job, Target } from '../harness/figures.ts'
import { Guest, type GuestOptions } from './guest.ts'
import { Meter } from './meter.ts'
import { SharedBytes } from './shared-bytes.ts'
import { watchMemory } from './stalled.ts'
import { Wire } from './wire.ts'

const ROOM = 'board'
const LOOK_MS = 1

/** Brings the board to the server, which keeps it while the guest stays. */
export async function upload(target: Target, fixture: string): Promise<Guest> {
  const guest = new Guest({ ...optionsOf(target), brings: readFileSync(fixture) })
  const late = sleep(RUN.connectLimitMs, 'late' as const, { ref: false })
  if ((await Promise.race([guest.echo(), late])) === 'late') {
    throw new Error(`The board did not come back: ${guest.closedWith ?? 'connected'}`)
  }
  return guest
}

export async function storm(scenario: StormScenario, { target, fixture }: Job): Promise<Figures> {
  const isThere = target.fixed || scenario.restarted
  const host = isThere ? null : await upload(target, fixture)
  await sleep(scenario.settleSeconds * 1000)

  const memory = watchMemory(target.pid)
  const meter = new Meter(target.pid)
  const startedAt = performance.now()
  const shared = optionsOf(target)
  const guests = Array.from({ length: scenario.people }, () => new Guest(shared))
  await everybody(guests)
  meter.stopLoad()
  const figures = meter.read()
  const growthMb = memory.stop()

  const waits = guests
    .map(({ syncedAt }) => (syncedAt ?? Number.POSITIVE_INFINITY) - startedAt)
    .sort((a, b) => a - b)
  const incomplete = countIncomplete(guests, readFileSync(fixture))
  for (const guest of [...guests, ...(host ? [host] : [])]) guest.leave()
  return {
    ...figures,
    growthMb,
    incomplete,
    firstMs: waits[0]!,
    medianMs: waits[waits.length >> 1]!,
    wallMs: waits.at(-1)!,
  }
}

function optionsOf(target: Target): GuestOptions {
  return { room: ROOM, wire: new Wire(target.wire, ROOM), target, shared: new SharedBytes() }
}

async function everybody(guests: readonly Guest[]): Promise<void> {
  const deadline = performance.now() + RUN.stormLimitMs
  const isWaiting = ({ syncedAt, closedWith }: Guest): boolean => !syncedAt && closedWith === null
  while (guests.some(isWaiting) && performance.now() < deadline) await sleep(LOOK_MS)
}

/** How many did not get every struct of the board. Equal bytes are decoded once. */
function countIncomplete(guests: readonly Guest[], fixture: Uint8Array): number {
  const wanted = structsOf(fixture)
  const known = new Map<Buffer, boolean>()
  const isWhole = (board: Buffer): boolean => {
    const same = [...known].find(([other]) => other.equals(board))
    const verdict =
      same?.[1] ??
      holds(structsOf(decoding.readVarUint8Array(decoding.createDecoder(board))), wanted)
    if (!same) known.set(board, verdict)
    return verdict
  }
  return guests.filter(({ board }) => !board || !isWhole(board)).length
}

/** How many clocks of each client an update holds. */
function structsOf(update: Uint8Array): Map<number, number> {
  const clocks = new Map<number, number>()
  for (const struct of Y.decodeUpdate(update).structs) {
    if (struct instanceof Y.Skip) continue
    clocks.set(struct.id.client, (clocks.get(struct.id.client) ?? 0) + struct.length)
  }
  return clocks
}

function holds(have: ReadonlyMap<number, number>, wanted: ReadonlyMap<number, number>): boolean {
  return [...wanted].every(([client, clocks]) => have.get(client) === clocks)
}
