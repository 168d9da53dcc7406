/**
 * Assets that no document names: put aside first, and removed only when nobody named or asked for them for long. One that
 * is asked for is brought back.
 */
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { errnoOf } from './disk.ts'

/** What becomes of assets that nobody names. */
export interface AsideRules {
  /** Whether any document names the asset. */
  isNamed(id: string): boolean
  readonly now: number
  /** How long an asset stays where it is that was uploaded and never named: whoever draws with it may be offline. */
  readonly uploadGraceMs: number
  /** How long it stays aside before it is removed. */
  readonly graceMs: number
}

/** What a look through the folder came to. */
export interface Collected {
  readonly aside: number
  readonly broughtBack: number
  readonly removed: number
}

/** The folder, in the folder of assets, of those that are put aside. */
const ASIDE = 'aside'

const ID = /^[0-9a-f]{64}$/

/** Puts aside, brings back and removes. Killed at any moment it leaves every asset in one place or the other. */
export async function collectAssets(folder: string, rules: AsideRules): Promise<Collected> {
  await mkdir(join(folder, ASIDE), { recursive: true })
  const looked = await lookAside(folder, rules)
  let aside = 0
  for (const prefix of await namesIn(folder, /^[0-9a-f]{2}$/)) {
    for (const id of await namesIn(join(folder, prefix), ID)) {
      if (rules.isNamed(id) || !(await isOlder(pathOf(folder, id), rules.uploadGraceMs, rules)))
        continue
      await putAside(folder, id, rules.now)
      aside += 1
    }
  }
  return { ...looked, aside }
}

/** Puts an asset back where it was, if it is aside. */
export async function bringBack(folder: string, id: string): Promise<boolean> {
  const path = pathOf(folder, id)
  const isThere = await stat(asidePath(folder, id)).catch(nullIfMissing)
  if (!isThere) return false
  await mkdir(join(folder, id.slice(0, 2)), { recursive: true })
  await rename(asidePath(folder, id), path).catch(nullIfMissing)
  await syncFolder(join(folder, id.slice(0, 2)))
  return true
}

async function lookAside(
  folder: string,
  rules: AsideRules,
): Promise<Pick<Collected, 'broughtBack' | 'removed'>> {
  let [broughtBack, removed] = [0, 0]
  for (const id of await namesIn(join(folder, ASIDE), ID)) {
    if (rules.isNamed(id)) {
      if (await bringBack(folder, id)) broughtBack += 1
    } else if (await isOlder(asidePath(folder, id), rules.graceMs, rules)) {
      await rm(asidePath(folder, id), { force: true })
      removed += 1
    }
  }
  return { broughtBack, removed }
}

/** Its time becomes that of now: it is counted from here. */
async function putAside(folder: string, id: string, now: number): Promise<void> {
  await utimes(pathOf(folder, id), now / 1_000, now / 1_000)
  await rename(pathOf(folder, id), asidePath(folder, id))
}

async function isOlder(path: string, ms: number, { now }: AsideRules): Promise<boolean> {
  const found = await stat(path).catch(nullIfMissing)
  return found !== null && now - found.mtimeMs >= ms
}

function pathOf(folder: string, id: string): string {
  return join(folder, id.slice(0, 2), id)
}

function asidePath(folder: string, id: string): string {
  return join(folder, ASIDE, id)
}

async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  const names = (await readdir(folder).catch(nullIfMissing)) ?? []
  return names.filter((name) => pattern.test(name)).sort()
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function nullIfMissing(error: unknown): null {
  if (errnoOf(error) === 'ENOENT') return null
  throw error
}
