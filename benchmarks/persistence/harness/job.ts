/** What goes between the harness and a fresh process: a job one way, figures the other. */
import type { StallName, StateName, StoreName } from '../config.ts'

/** One thing a process is asked to do in a folder of its own, with the updates kept in `data`. */
export type Job =
  | { readonly task: 'files'; readonly data: string }
  | {
      readonly task: 'commits'
      readonly data: string
      readonly folder: string
      readonly store: StoreName
      readonly documents: number
      readonly batch: number
      readonly seconds: number
    }
  | {
      readonly task: 'stalls'
      readonly data: string
      readonly folder: string
      readonly stall: StallName
      readonly seconds: number
    }
  | ({ readonly task: 'prepare' } & InState)
  | ({ readonly task: 'open' } & InState)

interface InState {
  readonly data: string
  readonly folder: string
  readonly state: StateName
}

/** A job of one kind. */
export type JobOf<Task extends Job['task']> = Extract<Job, { readonly task: Task }>

export type { Figures, Outcome } from '../../relay/harness/figures.ts'
