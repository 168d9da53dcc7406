import { describe, expect, test } from 'vitest'
import { applyUpdate, Doc } from 'yjs'
import { BrowserWorld, type Browser, type Page, settle } from '../testing/browser-world.ts'

// Replay one failure with: SEED=17 npx vitest run packages/client/src/offline/week-apart.test.ts
const seed = process.env['SEED']
const seeds = seed ? [Number(seed)] : Array.from({ length: 5 }, (_, index) => index + 1)

const DAYS = 7
const EDITS_A_DAY = 20

/** Everything of a browser's store. */
async function keptIn({ store }: Browser): Promise<Set<string>> {
  const doc = new Doc()
  for (const { update } of (await store.open('board')).updates) applyUpdate(doc, update)
  return new Set(doc.getMap('all').keys())
}

/** One day of work in a browser: edits in any tab, reloads, tabs that come and go. */
async function day(browser: Browser): Promise<string[]> {
  const { world } = browser
  const wrote: string[] = []
  const note = (page: Page) => wrote.push(...page.wrote)
  for (let count = 0; count < EDITS_A_DAY; count++) {
    const { pages } = browser
    pages[Math.floor(world.random() * pages.length)]!.edit()
    await world.pass(world.random() ** 4 * 2_000)
    const dice = world.random()
    if (dice < 0.05) await browser.openPage()
    else if (dice < 0.1) {
      const page = pages[0]!
      await page.close()
      note(page)
      if (browser.pages.length === 0) await browser.openPage()
    }
  }
  // The night: every tab is closed, the browser opens one again in the morning.
  for (const page of browser.pages) {
    await page.close()
    note(page)
  }
  await browser.openPage()
  return wrote
}

/** Lets everything come to rest, and says what everybody has. */
async function rest(world: BrowserWorld): Promise<Set<string>[]> {
  for (const browser of world.browsers) browser.setNetwork(true)
  await world.pass(60_000)
  const docs = world.browsers.flatMap(({ pages }) => pages.map(({ doc }) => doc))
  return [...docs, world.relay.disk].map((doc) => new Set(doc.getMap('all').keys()))
}

describe('a week apart', () => {
  test.each(seeds)('[O10] both sides converge with nothing lost (seed %i)', async (seed) => {
    const world = new BrowserWorld(seed)
    const [home, away] = [world.addBrowser(), world.addBrowser()]
    const [first] = [await home.openPage(), await away.openPage()]
    first.edit()
    await world.pass(5_000)
    const wrote = [...first.wrote]
    away.setNetwork(false)
    for (let count = 0; count < DAYS; count++) {
      wrote.push(...(await day(home)), ...(await day(away)))
      if (world.random() < 0.5) world.relay.crash(500, world.random() < 0.5 ? 'before' : 'after')
      if (world.random() < 0.5) world.network.cutAll()
    }
    expect(away.pages.map(({ client }) => client.save.name)).toEqual(['local'])
    const all = await rest(world)
    expect(world.faults).toEqual([])
    for (const names of all) expect(wrote.filter((name) => !names.has(name))).toEqual([])
    const lists = [...home.pages, ...away.pages].map(({ doc }) => contentOf(doc))
    expect(lists).toEqual(lists.map(() => contentOf(world.relay.disk)))
    const saves = [...home.pages, ...away.pages].map(({ client }) => client.save.name)
    expect(saves).toEqual(saves.map(() => 'saved'))
    for (const browser of world.browsers) {
      const { updates, marks } = await browser.store.open('board')
      expect([marks, updates.length < 30]).toEqual([[], true])
    }
  })

  test.each(seeds)(
    '[O10] in tabs that crash nothing is lost that was kept (seed %i)',
    async (seed) => {
      const world = new BrowserWorld(seed)
      const browser = world.addBrowser()
      const kept = new Set<string>()
      await browser.openPage()
      for (let round = 0; round < 60; round++) {
        const { pages } = browser
        const page = pages[Math.floor(world.random() * pages.length)]!
        page.edit()
        await world.pass(world.random() ** 3 * 3_000)
        const dice = world.random()
        if (dice < 0.2) page.crash()
        if (dice < 0.1) browser.setNetwork(!browser.hasNetwork)
        for (const name of await keptIn(browser)) kept.add(name)
        if (browser.pages.length === 0 || (dice > 0.8 && browser.pages.length < 4))
          await browser.openPage()
        world.check()
      }
      const all = await rest(world)
      expect(world.faults).toEqual([])
      for (const names of all) expect([...kept].filter((name) => !names.has(name))).toEqual([])
      expect(kept.size).toBeGreaterThan(20)
    },
  )

  test('[O10] a page that dies at any step of its store leaves what the steps before kept', async () => {
    let isOver = false
    for (let step = 1; !isOver; step++) {
      const world = new BrowserWorld(step)
      const browser = world.addBrowser()
      browser.setNetwork(false)
      const page = await browser.openPage()
      page.store.diesAfter = step
      const keptAt: number[] = []
      for (let count = 0; count < 12; count++) {
        page.edit()
        await world.pass(300)
        keptAt.push((await keptIn(browser)).size)
      }
      isOver = page.store.diesAfter > 0
      page.crash()
      const after = await browser.openPage()
      const names = [...after.doc.getMap('all').keys()]
      expect(names.length).toBe(keptAt.at(-1))
      expect(after.client.save).toMatchObject({ name: 'local' })
      browser.setNetwork(true)
      await world.pass(10_000)
      await settle()
      expect(world.relay.holds(after.doc)).toBe(true)
      expect([world.faults, after.client.save.name]).toEqual([[], 'saved'])
      if (step > 40) throw new Error('The page never got through')
    }
  })
})

function contentOf(doc: Doc) {
  return { shapes: doc.getMap('shapes').toJSON(), list: doc.getArray('list').toJSON() }
}
