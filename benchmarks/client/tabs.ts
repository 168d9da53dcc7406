/** Real tabs on one board of a real server that is killed and started again: when each is live again. */
import { chromium, type Browser } from '@playwright/test'
import { BoardPage } from '../../tests/e2e/support/board-page.ts'
import { LightLog, type LightWords } from '../../tests/e2e/support/light-log.ts'
import { KolamServer } from '../../tests/e2e/support/server.ts'
import { chromiumLaunch } from '../../tooling/browser.ts'

/** What is measured. */
export interface TabsOptions {
  readonly tabs: number
  /** Kills for each length of absence. */
  readonly rounds: number
  /** How long the server stays away, beyond what it takes to start, in milliseconds. */
  readonly absencesMs: readonly number[]
}

/** All kills with one length of absence. */
export interface Absence {
  readonly awayMs: number
  readonly rounds: readonly Round[]
}

/** One kill: all in milliseconds. */
export interface Round {
  /** From the kill until the server takes lines again. */
  readonly goneMs: number
  /** When each tab was live again, since the server takes lines, in order. */
  readonly backMs: readonly number[]
}

const BROWSERS = 5
/** Longer than any wait of the client. */
const LIVE_LIMIT_MS = 60_000

/** Kills the server so often and brings it back; `say` hears of each round. */
export async function measureTabs(
  options: TabsOptions,
  say: (line: string) => void,
): Promise<Absence[]> {
  const server = await KolamServer.create()
  const browser = await chromium.launch(chromiumLaunch())
  try {
    const tabs = await openTabs(browser, server, options.tabs)
    const absences: Absence[] = []
    for (const awayMs of options.absencesMs) {
      const rounds: Round[] = []
      for (let i = 0; i < options.rounds; i++) rounds.push(await killOnce(server, tabs, awayMs))
      absences.push({ awayMs, rounds })
      for (const { goneMs, backMs } of rounds) say(`gone ${goneMs} ms, back after ${backMs.join()}`)
    }
    return absences
  } finally {
    await browser.close()
    await server.dispose()
  }
}

/** Spread over some browsers of their own, as people are. */
async function openTabs(
  browser: Browser,
  server: KolamServer,
  count: number,
): Promise<BoardPage[]> {
  const viewport = { width: 720, height: 480 }
  const contexts = await Promise.all(
    Array.from({ length: BROWSERS }, () => browser.newContext({ viewport })),
  )
  const tabs: BoardPage[] = []
  for (let i = 0; i < count; i++) {
    const tab = new BoardPage(await contexts[i % BROWSERS]!.newPage())
    await tab.open(server.url, 'reconnect')
    tabs.push(tab)
  }
  return tabs
}

async function killOnce(
  server: KolamServer,
  tabs: readonly BoardPage[],
  awayMs: number,
): Promise<Round> {
  const logs = await Promise.all(tabs.map((tab) => LightLog.of(tab)))
  const killedMs = Date.now()
  await server.kill()
  await new Promise((resume) => setTimeout(resume, awayMs))
  await server.start()
  const { servingMs } = server
  const backMs = await Promise.all(logs.map(async (log) => (await backAt(log)) - servingMs))
  return { goneMs: servingMs - killedMs, backMs: backMs.sort((a, b) => a - b) }
}

/** When the light said that all is on the server's disk for the first time after it had not. */
async function backAt(log: LightLog): Promise<number> {
  const deadlineMs = Date.now() + LIVE_LIMIT_MS
  while (Date.now() < deadlineMs) {
    const atMs = backIn(await log.words())
    if (atMs !== undefined) return atMs
    await new Promise((resume) => setTimeout(resume, 100))
  }
  throw new Error(`A tab was not back after ${LIVE_LIMIT_MS} ms`)
}

function backIn(words: readonly LightWords[]): number | undefined {
  const offline = words.findIndex(({ text }) => text === 'Offline')
  if (offline < 0) return undefined
  return words.slice(offline).find(({ text }) => text === 'Saved')?.atMs
}
