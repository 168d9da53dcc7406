/** One server under one scenario once: a fresh server, a fresh load, an empty folder. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { ScenarioBody, ServerName } from '../config.ts'
import { fixtureFile } from '../fixture.ts'
import type { Figures, Job } from './figures.ts'
import { runLoad } from './load-process.ts'
import type { Options } from './options.ts'
import { type ServerOptions, ServerProcess } from './server-process.ts'

/** What to measure. */
export interface Cell {
  readonly scenario: string
  readonly server: ServerName
  readonly body: ScenarioBody
}

/** The figures of one round. Rejects where the server or the load fails. */
export async function runCell(cell: Cell, options: Options): Promise<Figures> {
  const { body } = cell
  mkdirSync(options.data, { recursive: true })
  const folder = mkdtempSync(path.join(options.data, 'run-'))
  const fixture = body.kind === 'storm' ? fixtureFile(options.data, body.shapes) : ''
  const how = { name: cell.server, folder, fixture, profile: profileFolder(cell, options) }
  try {
    if (body.kind === 'storm' && body.restarted)
      await underLoad({ ...how, profile: null }, 'upload', body)
    return await underLoad(how, 'measure', body)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function underLoad(
  how: ServerOptions,
  task: Job['task'],
  body: ScenarioBody,
): Promise<Figures> {
  const server = await ServerProcess.start(how)
  try {
    return await runLoad({ task, body, target: server.target, fixture: how.fixture })
  } finally {
    await server.stop()
  }
}

/** Where the profiles of a cell are; null where none are wanted. */
export function profileFolder({ scenario, server }: Cell, { profile }: Options): string | null {
  return profile === null ? null : path.join(profile, `${scenario}-${server}`)
}
