/** What goes between the harness and the load: a job one way, figures the other. */
import type { ScenarioBody } from '../config.ts'

/** How a server is spoken to. */
export type WireName = 'y-websocket' | 'hocuspocus'

/** One thing the load is asked to do. */
export interface Job {
  readonly task: 'measure' | 'upload'
  readonly body: ScenarioBody
  readonly target: Target
  /** The large board, for storms. */
  readonly fixture: string
}

/** The server under load. */
export interface Target {
  readonly port: number
  readonly pid: number
  readonly wire: WireName
  /** What comes before the name of the room in the URL. */
  readonly path: string
  /** Whether it answers a step1 with a board it was given, and takes none. */
  readonly fixed: boolean
}

/** Named numbers; which ones depends on the scenario. */
export type Figures = Readonly<Record<string, number>>

/** What the load says at its end. */
export type Outcome =
  { readonly ok: true; readonly figures: Figures } | { readonly ok: false; readonly reason: string }
