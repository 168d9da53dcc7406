/** Excalidraw and tldraw: a built page that is served with a scene. */
import path from 'node:path'
import type { Browser } from '@playwright/test'
import { Tab } from '../browser/tab.ts'
import { LIMITS } from '../config.ts'
import type { SceneFiles } from '../scenes/files.ts'
import { FileServer, type Mounts } from './files.ts'
import { builtPage, type RivalName } from './pages.ts'
import type { Camera, Peer } from './peer.ts'

const MODULES = path.resolve(import.meta.dirname, '../node_modules')
/** Fonts and the like, which both would else load from their makers' hosts. */
const OWN_FILES: Readonly<Record<RivalName, Mounts>> = {
  excalidraw: { '/fonts/fonts/': path.join(MODULES, '@excalidraw/excalidraw/dist/prod/fonts') },
  tldraw: { '/tldraw-assets/': path.join(MODULES, '@tldraw/assets') },
}

/** A peer whose page loads the scene from a file. */
export async function startRival(name: RivalName, files: SceneFiles): Promise<Peer> {
  const server = await FileServer.open({
    '/': await builtPage(name),
    '/scene/current': files[name],
    '/files/': files.pictures,
    ...OWN_FILES[name],
  })
  return {
    name,
    open: (browser, camera) =>
      openPage(browser, server.url, { camera, shapes: files.shapes[name] }),
    zoom: ({ page }) => page.evaluate(() => window.peer!.camera().zoom),
    places: ({ page }) => page.evaluate(() => window.peer!.places()),
    // Nothing is kept: each tab loads the scene.
    renew: async () => {},
    close: async () => server.close(),
  }
}

interface Wanted {
  readonly camera: Camera
  readonly shapes: number
}

async function openPage(browser: Browser, url: string, { camera, shapes }: Wanted): Promise<Tab> {
  const tab = await Tab.open(browser)
  tab.page.setDefaultTimeout(LIMITS.openMs)
  const { x, y, zoom } = camera
  await tab.page.goto(`${url}/?scene=current&x=${x}&y=${y}&zoom=${zoom}`)
  await tab.page.waitForFunction((count) => window.peer?.shapes() === count, shapes)
  return tab
}
