/** The scenes by name, each made anew from its seed. */
import { MIXED, type SceneName } from '../config.ts'
import { seededRandom } from './chance.ts'
import type { Element, SceneFile } from './elements.ts'
import { corpusScene } from './corpus.ts'
import { handwritingScene } from './handwriting.ts'
import { imagesScene } from './images.ts'
import { mixedScene } from './mixed.ts'
import { notesScene } from './notes.ts'

/** What is on a board. */
export interface Scene {
  readonly elements: readonly Element[]
  readonly files: readonly SceneFile[]
}

/** The same scene for the same name, always. */
export function sceneNamed(name: SceneName): Scene {
  const random = seededRandom(MIXED.seed)
  switch (name) {
    case 'images':
      return imagesScene(random)
    case 'handwriting':
      return { elements: handwritingScene(random), files: [] }
    case 'notes':
      return { elements: notesScene(random), files: [] }
    case 'corpus':
      return { elements: corpusScene(random), files: [] }
    case '1000':
    case '4000':
    case '10000':
    case '50000':
      return { elements: mixedScene(Number(name), random), files: [] }
  }
}

/** The scene as an `.excalidraw` file. */
export function toFile({ elements, files }: Scene): string {
  return JSON.stringify({
    type: 'excalidraw',
    version: 2,
    source: 'https://excalidraw.com',
    elements,
    appState: { gridSize: 20, gridStep: 5, gridModeEnabled: false, viewBackgroundColor: '#ffffff' },
    files: Object.fromEntries(
      files.map((file) => [file.id, { ...file, created: 1, lastRetrieved: 1 }]),
    ),
  })
}

/** The box around everything. */
export function boundsOf(elements: readonly Element[]): Bounds {
  const sides = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const { x, y, width, height } of elements) {
    sides.left = Math.min(sides.left, x)
    sides.top = Math.min(sides.top, y)
    sides.right = Math.max(sides.right, x + width)
    sides.bottom = Math.max(sides.bottom, y + height)
  }
  const { left, top, right, bottom } = sides
  return { x: left, y: top, w: right - left, h: bottom - top }
}

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}
