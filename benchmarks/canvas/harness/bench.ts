/** All rows that are asked for, in rounds in which the peers take turns. */
import { launch } from '../browser/launch.ts'
import { OthersMeter } from '../browser/others.ts'
import { LIMITS, type PeerName } from '../config.ts'
import { buildWeb } from '../kolam.ts'
import { BROWSING } from '../parts/browse.ts'
import { DRAGGING } from '../parts/drag.ts'
import { LOOKING } from '../parts/looks.ts'
import { OPENING_VISIT } from '../parts/open.ts'
import { SCRIPTS_VISIT } from '../parts/scripts.ts'
import { STORM_VISIT } from '../parts/storm.ts'
import { STROKE_VISIT } from '../parts/stroke.ts'
import type { Visit } from '../parts/visit.ts'
import type { Peer } from '../peers/peer.ts'
import { startPeer } from '../peers/start.ts'
import { sceneFiles, type SceneFiles } from '../scenes/files.ts'
import { runFacts } from './facts.ts'
import { commandOf, type Options } from './options.ts'
import { reportOf } from './report.ts'
import { keep, writeResults } from './results.ts'
import { RowBook, type RowKey } from './rows.ts'

const VISITS: readonly Visit[] = [
  OPENING_VISIT,
  LOOKING,
  DRAGGING,
  STROKE_VISIT,
  STORM_VISIT,
  BROWSING,
  SCRIPTS_VISIT,
]

export async function bench(options: Options): Promise<void> {
  if (options.peers.includes('kolam') && options.build) await buildWeb()
  const facts = await runFacts(commandOf(options))
  const book = new RowBook()
  for (const visit of VISITS) {
    for (const variant of variantsOf(visit, options)) {
      await visitAll({ visit, variant, options, book })
      if (options.write) writeResults(book.rows, facts)
    }
  }
  process.stdout.write(`\n${reportOf(book.rows)}\n\n`)
  tell(`kept as ${keep({ facts, rows: book.details })}\n`)
}

function variantsOf({ scenarios }: Visit, { rows }: Options): Set<string> {
  return new Set(
    rows.filter(({ scenario }) => scenarios.includes(scenario)).map(({ variant }) => variant),
  )
}

/** One visit with one variant: the same scene for all peers. */
interface Round {
  readonly visit: Visit
  readonly variant: string
  readonly options: Options
  readonly book: RowBook
}

async function visitAll(round: Round): Promise<void> {
  const { visit, variant, options } = round
  const files = sceneFiles(visit.scene(variant))
  const copies = visit.changes ? options.rounds : 1
  const names = options.peers.filter((name) => visit.peers?.includes(name) ?? true)
  const peers: Peer[] = []
  try {
    for (const name of names) await startOne(round, { name, files, copies, peers })
    for (let turn = 1; turn <= options.rounds; turn++) {
      for (const peer of peers) {
        if (wantedKeys(round, peer.name).every((key) => round.book.hasFailed(key))) continue
        tell(
          `round ${turn} of ${options.rounds}: ${visit.scenarios.join()} ${variant}, ${peer.name}\n`,
        )
        await oneTab(round, { files, peer })
        if (visit.changes) await peer.renew()
      }
    }
  } finally {
    for (const peer of peers) await peer.close()
  }
}

interface Starting {
  readonly name: PeerName
  readonly files: SceneFiles
  readonly copies: number
  readonly peers: Peer[]
}

async function startOne(round: Round, { name, files, copies, peers }: Starting): Promise<void> {
  try {
    peers.push(await startPeer(name, files, copies))
  } catch (error) {
    for (const key of wantedKeys(round, name)) round.book.fail(key, wordsOf(error))
  }
}

/** The rows that a peer gets of a visit. */
function wantedKeys({ visit, variant, options }: Round, peer: PeerName): RowKey[] {
  return options.rows
    .filter((row) => visit.scenarios.includes(row.scenario) && row.variant === variant)
    .map(({ scenario }) => ({ scenario, variant, peer }))
}

interface Visited {
  readonly files: SceneFiles
  readonly peer: Peer
}

/** In a browser of its own, so that nothing is warm. What is not measured in time has failed. */
async function oneTab(round: Round, visited: Visited): Promise<void> {
  const keys = wantedKeys(round, visited.peer.name)
  const done = new Set<RowKey>()
  const browser = await launch()
  try {
    const others = await OthersMeter.start(browser)
    const { visit, variant, book } = round
    const { files, peer } = visited
    await inTime(async () => {
      const tab = await peer.open(browser, visit.camera(files, variant))
      const wants = (scenario: string): boolean => keys.some((key) => key.scenario === scenario)
      const visiting = { tab, peer, files, variant, others, wants }
      for await (const [scenario, figures] of visit.measure(visiting)) {
        const key = keys.find((one) => one.scenario === scenario)
        if (!key) continue
        book.add(key, figures)
        done.add(key)
      }
      for (const complaint of new Set(tab.complaints)) tell(`${peer.name}: ${complaint}\n`)
    })
  } catch (error) {
    for (const key of keys) if (!done.has(key)) round.book.fail(key, wordsOf(error))
  } finally {
    await browser.close()
  }
}

async function inTime(run: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const words = `given up: it took more than ${LIMITS.measureMs / 1000} s`
    timer = setTimeout(() => reject(new Error(words)), LIMITS.measureMs)
  })
  try {
    await Promise.race([run(), late])
  } finally {
    clearTimeout(timer)
  }
}

function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  return words.split('\n', 1)[0]!
}

/** Progress and complaints, beside the tables. */
function tell(words: string): void {
  process.stderr.write(words)
}
