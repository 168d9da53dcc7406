/** Kolam itself: the real server with the board on its disk, and its own page. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from '@playwright/test'
import type { KolamServer } from '../../../tests/e2e/support/server.ts'
import { Tab } from '../browser/tab.ts'
import { LIMITS } from '../config.ts'
import { board, CHECKOUT, client, server as kolamServer } from '../kolam.ts'
import type { SceneFiles } from '../scenes/files.ts'
import { boardUpdate } from './kolam-board.ts'
import type { Camera, Peer, Places } from './peer.ts'

const COMMAND = path.join(CHECKOUT, 'apps/server/src/kolam.ts')

/** A board of a server. */
export interface KolamBoard {
  readonly url: string
  readonly id: string
  readonly shapes: number
}

/** Kolam with what else a storm needs to know. */
export interface KolamPeer extends Peer {
  readonly board: KolamBoard
}

/** A server that holds the scene as often as it is going to be changed. */
export async function startKolam(files: SceneFiles, copies: number): Promise<KolamPeer> {
  const { KolamServer } = await kolamServer()
  const server = await KolamServer.create()
  try {
    const { update, shapes } = await boardUpdate(files, server.url)
    await server.terminate()
    for (let copy = 1; copy <= copies; copy++) load(server, update, idOf(copy))
    await server.start({ LOG_LEVEL: 'warn' })
    return peerOf(server, shapes)
  } catch (error) {
    await server.dispose()
    throw error
  }
}

function peerOf(server: KolamServer, shapes: number): KolamPeer {
  let copy = 1
  const current = (): KolamBoard => ({ url: server.url, id: idOf(copy), shapes })
  return {
    name: 'kolam',
    get board() {
      return current()
    },
    open: (browser, camera) => openBoard(browser, current(), camera),
    zoom: async ({ page }) =>
      parseInt(
        await page
          .getByText(/^\d+\s?%$/)
          .first()
          .innerText(),
      ) / 100,
    places: async ({ page }) => {
      await page.locator('[data-save="saved"]').waitFor()
      return placesOn(current())
    },
    renew: async () => void copy++,
    close: () => server.dispose(),
  }
}

function idOf(copy: number): string {
  return `bench-${copy}`
}

/** Puts the board into the data folder, as anybody would. */
function load(server: KolamServer, update: Uint8Array, id: string): void {
  const file = path.join(server.folder, 'board.update')
  writeFileSync(file, update)
  const words = [COMMAND, 'load', file, '--id', id, '--data', path.join(server.folder, 'data')]
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`kolam load: ${stderr}`)
}

async function openBoard(browser: Browser, target: KolamBoard, camera: Camera): Promise<Tab> {
  const { url, id, shapes } = target
  const tab = await Tab.open(browser)
  tab.page.setDefaultTimeout(LIMITS.openMs)
  // Where a tab looked is kept for a reload; so it begins where the others do.
  await tab.page.addInitScript(([key, value]) => sessionStorage.setItem(key, value), [
    `kolam:camera:${id}`,
    JSON.stringify(camera),
  ] as const)
  await tab.page.goto(`${url}/b/${id}`)
  await tab.page.locator(`[data-shapes="${shapes}"][data-idle="true"]`).waitFor()
  return tab
}

/** As the server has them. */
async function placesOn({ url, id }: KolamBoard): Promise<Places> {
  const { Board } = await board()
  const { connectClient } = await client()
  const guest = await connectClient(url, id)
  try {
    const shapes = [...new Board(guest.doc).shapes()]
    return Object.fromEntries(shapes.map(({ id, at }) => [id, [at[1], at[2]] as const]))
  } finally {
    await guest.close()
  }
}
