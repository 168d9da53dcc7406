/** Scenes as each peer opens them, written once and kept until what makes them changes. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { SceneName } from '../config.ts'
import type { SceneFile } from './elements.ts'
import { type Bounds, boundsOf, type Scene, sceneNamed, toFile } from './scene.ts'
import { assetsOf, fileName, toTldraw } from './to-tldraw.ts'

const FOLDER = path.resolve(import.meta.dirname, '..')

/** A scene on disk. */
export interface SceneFiles {
  readonly name: SceneName
  readonly scene: Scene
  readonly bounds: Bounds
  /** The scene as an `.excalidraw` file. */
  readonly excalidraw: string
  /** How many shapes a peer has when it has all. */
  readonly shapes: Readonly<Record<'excalidraw' | 'tldraw', number>>
  /** What tldraw's page creates: `{ assets, shapes }`. */
  readonly tldraw: string
  /** The folder of its pictures. */
  readonly pictures: string
}

/** Writes what is missing. */
export function sceneFiles(name: SceneName): SceneFiles {
  const folder = path.join(FOLDER, '.cache/scenes', sourcesHash())
  mkdirSync(folder, { recursive: true })
  const scene = sceneNamed(name)
  const keep = (ending: string, text: () => string): string => {
    const file = path.join(folder, `${name}.${ending}`)
    if (!existsSync(file)) {
      writeFileSync(`${file}.part`, text())
      renameSync(`${file}.part`, file)
    }
    return file
  }
  const pictures = path.join(folder, `${name}-files`)
  keepPictures(pictures, scene.files)
  const forTldraw = toTldraw(scene.elements)
  return {
    name,
    scene,
    shapes: { excalidraw: scene.elements.length, tldraw: forTldraw.length },
    bounds: boundsOf(scene.elements),
    pictures,
    excalidraw: keep('excalidraw', () => toFile(scene)),
    tldraw: keep('tldraw.json', () =>
      JSON.stringify({ assets: assetsOf(scene.files), shapes: forTldraw }),
    ),
  }
}

function keepPictures(folder: string, files: readonly SceneFile[]): void {
  mkdirSync(folder, { recursive: true })
  for (const { id, dataURL } of files) {
    const file = path.join(folder, fileName(id))
    const base64 = dataURL.slice(dataURL.indexOf(',') + 1)
    if (!existsSync(file)) writeFileSync(file, Buffer.from(base64, 'base64'))
  }
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  for (const file of ['config.ts', ...globSync('scenes/*.ts', { cwd: FOLDER }).sort()]) {
    hash.update(file).update(readFileSync(path.join(FOLDER, file)))
  }
  return hash.digest('hex').slice(0, 16)
}
