/** Stores in each of the states the document is opened and weighed in, made once for a run. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type Row, rowOf } from '../../relay/harness/rounds.ts'
import { STATE_NAMES, STATES, type StateName } from '../config.ts'
import { inFreshProcess } from '../harness/fresh.ts'
import type { Options } from '../harness/options.ts'
import type { Tell } from '../harness/turns.ts'

/** The folders, and how large each state is. */
export class Prepared {
  readonly sizes: readonly Row[]
  readonly #folder: string

  private constructor(folder: string, sizes: readonly Row[]) {
    this.#folder = folder
    this.sizes = sizes
  }

  /** Prepares all states; one that cannot be prepared is a row that says why. */
  static async make({ data }: Options, tell: Tell): Promise<Prepared> {
    mkdirSync(data, { recursive: true })
    const folder = mkdtempSync(path.join(data, 'states-'))
    const sizes: Row[] = []
    for (const state of STATE_NAMES) {
      tell(`preparing: ${state}\n`)
      sizes.push(await prepare(state, folder, data))
    }
    return new Prepared(folder, sizes)
  }

  /** Puts a copy of a state into an empty folder. */
  copy(state: StateName, to: string): void {
    cpSync(path.join(this.#folder, state), to, { recursive: true })
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

async function prepare(state: StateName, parent: string, data: string): Promise<Row> {
  const folder = path.join(parent, state)
  const { from } = STATES[state]
  try {
    if (from === null) mkdirSync(folder)
    else cpSync(path.join(parent, from), folder, { recursive: true })
    const figures = await inFreshProcess({ task: 'prepare', data, folder, state })
    return rowOf(state, [figures], [])
  } catch (error) {
    return rowOf(state, [], [error instanceof Error ? error.message : String(error)])
  }
}
