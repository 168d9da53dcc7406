/** How much script a page needs before it can show a board, and how much it has loaded when it is at rest. */
import { gzipSync } from 'node:zlib'
import { openingFigures } from './open.ts'
import { middleOf } from './looks.ts'
import type { SceneName } from '../config.ts'
import type { Visit, Visiting } from './visit.ts'

export const SCRIPTS_VISIT: Visit = {
  scenarios: ['scripts'],
  scene: (variant) => variant as SceneName,
  camera: middleOf,
  measure,
}

async function* measure({ tab: { page }, tab }: Visiting): ReturnType<Visit['measure']> {
  await openingFigures(tab)
  const loaded = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => new URL(name).pathname.endsWith('.js')),
  )
  const book = new Scripts()
  const first = await book.needed(page.url(), loaded)
  yield ['scripts', { firstKb: await book.kb(first), restKb: await book.kb(new Set(loaded)) }]
}

/** What a module says it cannot run without. */
const STATIC_IMPORT =
  /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{}\s,]+?from\s*)?["'](\.[^"']+\.js)["']/g
/** Kolam's page is fetched by a router when the address says so; nothing is shown before. */
const ROUTED = /\/BoardPage-[^/]+\.js$/

/** Texts of scripts by their address. */
class Scripts {
  readonly #texts = new Map<string, Promise<string>>()

  /** The scripts a page names, with everything they import at once. */
  async needed(pageUrl: string, loaded: readonly string[]): Promise<Set<string>> {
    const html = await (await fetch(pageUrl)).text()
    const named = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(
      ([, name]) => new URL(name!, pageUrl).href,
    )
    const found = new Set<string>()
    const open = [...named, ...loaded.filter((name) => ROUTED.test(name))]
    for (let url = open.pop(); url !== undefined; url = open.pop()) {
      if (found.has(url)) continue
      found.add(url)
      const text = await this.#text(url)
      for (const [, name] of text.matchAll(STATIC_IMPORT)) {
        const imported = new URL(name!, url).href
        if (loaded.includes(imported)) open.push(imported)
      }
    }
    return found
  }

  /** Their size in kB (1,000 bytes), each compressed by itself as a server would. */
  async kb(urls: ReadonlySet<string>): Promise<number> {
    let bytes = 0
    for (const url of urls) bytes += gzipSync(await this.#text(url)).length
    return bytes / 1000
  }

  #text(url: string): Promise<string> {
    const known = this.#texts.get(url)
    if (known) return known
    const text = fetch(url).then((answer) => answer.text())
    this.#texts.set(url, text)
    return text
  }
}
