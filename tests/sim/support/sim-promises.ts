/** What has to hold in a world of browsers, at any moment and at the end. Says what does not. */
import type { SimBrowser } from './sim-browser.ts'
import { clocksOf, isSame } from './sim-contents.ts'
import type { SimPage } from './sim-page.ts'
import { ID, type SimSite } from './sim-site.ts'

/** By then the server has found out that a line is half-open: it asks after 20 s of silence, and waits for 10 s. */
const TOLD_MS = 34_000

/** Who was not heard of for 30 s is gone, which is looked at every 3 s; and somebody may just have been told. */
const GHOST_MS = 2 * TOLD_MS

/** A world, and all pages there ever were, by id. */
export interface Inhabited {
  readonly site: SimSite
  readonly browsers: readonly SimBrowser[]
  readonly everybody: ReadonlyMap<number, SimPage>
}

/** Whoever is told `saved` has everything on disk, so is what is seen of others, and nobody sees the dead. */
export function checkNow(world: Inhabited): void {
  const { site, browsers } = world
  const there = clocksOf(site.disk.content)
  for (const browser of browsers) {
    for (const page of browser.pages) {
      // The disk loses nothing: what held is true until the document changes.
      if (page.takeChange()) {
        checkSaved(site, page)
        checkSeen(site, page, there, browser.authors)
      }
      checkGhosts(world, page)
    }
  }
}

/** Also to be called whenever somebody is told. */
export function checkSaved(site: SimSite, { client, doc, id }: SimPage): void {
  if (client.save.name === 'saved' && !site.disk.holds(doc)) site.fault(`page ${id} was told saved`)
}

/** What was made in the same browser may be seen at once. */
function checkSeen(
  site: SimSite,
  page: SimPage,
  there: ReadonlyMap<number, number>,
  near: ReadonlySet<number>,
): void {
  for (const [author, clock] of clocksOf(page.doc)) {
    const has = there.get(author) ?? 0
    if (!near.has(author) && clock > has)
      site.fault(`page ${page.id} sees ${clock} of ${author}, the disk has ${has}`)
  }
}

/** To be called with everybody a page has just heard of: nobody tells of the dead for long. */
export function checkHeard(
  { site, everybody }: Inhabited,
  page: SimPage,
  ids: readonly number[],
): void {
  for (const id of ids) {
    const ms = goneMs(site, everybody.get(id))
    if (ms > TOLD_MS) site.fault(`page ${page.id} hears of ${id}, who is gone for ${ms} ms`)
  }
}

function checkGhosts({ site, everybody }: Inhabited, page: SimPage): void {
  for (const id of page.client.awareness.states.keys()) {
    const ms = goneMs(site, everybody.get(id))
    if (ms > GHOST_MS) site.fault(`page ${page.id} sees ${id}, who is gone for ${ms} ms`)
  }
}

function goneMs({ clock }: SimSite, page: SimPage | undefined): number {
  return clock.awakeMs - (page?.goneAt ?? 0)
}

/** Everybody is live and saved, has what the disk has, and sees everybody once. */
export async function checkEnd({ site, browsers }: Inhabited): Promise<void> {
  const present = browsers.flatMap(({ pages }) => pages)
  const states = new Map(present.map(({ id, client }) => [id, client.awareness.getLocalState()]))
  for (const { id, client, doc } of present) {
    const { save, state, awareness } = client
    if (save.name !== 'saved') site.fault(`page ${id} is ${save.name} at the end`)
    if (state.name !== 'live') site.fault(`page ${id} is ${state.name} at the end`)
    if (!isSame(doc, site.disk.content)) site.fault(`page ${id} sees something else`)
    const [seen, there] = [textOf(awareness.states), textOf(states)]
    if (seen !== there) site.fault(`page ${id} sees ${seen} where ${there} are`)
  }
  if (!(await site.disk.isSound(ID))) site.fault('what is stored is not what was written')
}

/** What somebody kept is on the disk once the browser was opened again: it may have died with whoever wrote it. */
export function checkKept({ site, browsers }: Inhabited): void {
  for (const { name, copies } of browsers) {
    if (copies && !site.disk.holds(copies.kept)) site.fault(`what ${name} kept is lost`)
  }
}

/** Without a network a browser that kept its copy shows all of the document, as saved. */
export function checkCold(site: SimSite, page: SimPage): void {
  const { copy, client, doc, id } = page
  if (copy?.state.name !== 'kept') site.fault(`page ${id} is not kept at the end`)
  if (!isSame(doc, site.disk.content))
    site.fault(`page ${id} sees something else without a network`)
  if (client.save.name !== 'saved')
    site.fault(`page ${id} is ${client.save.name} without a network`)
}

function textOf(states: ReadonlyMap<number, unknown>): string {
  return JSON.stringify([...states].sort(([a], [b]) => a - b))
}
