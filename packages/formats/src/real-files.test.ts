/** Files that people made, when they are at hand beside the project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { faultsOf } from './testing/check.ts'
import { sceneOfText } from './testing/read.ts'

const folder = new URL('../../../../shared/fixtures/excalidraw/', import.meta.url)
const isThere = existsSync(folder)
const names = isThere ? readdirSync(folder).filter((name) => /\.excalidraw(lib)?$/.test(name)) : []

interface Live {
  readonly isDeleted?: boolean
}

interface File {
  readonly elements?: readonly Live[]
  readonly library?: readonly (readonly Live[])[]
  readonly libraryItems?: readonly { readonly elements: readonly Live[] }[]
}

function liveCount(text: string): number {
  const { elements = [], library = [], libraryItems = [] } = JSON.parse(text) as File
  const all = [elements, ...library, ...libraryItems.map((item) => item.elements)].flat()
  return all.filter(({ isDeleted }) => isDeleted !== true).length
}

describe.skipIf(!isThere)('real files', () => {
  test('the folder beside the project has files to read', () => {
    expect(names).not.toEqual([])
  })

  test.each(names)('%s', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const scene = sceneOfText(text)
    const { shapes, labels, dropped } = scene.summary
    expect(faultsOf(scene)).toEqual([])
    expect(shapes + labels + dropped).toBe(liveCount(text))
    expect(scene.shapes.filter(({ kind }) => kind !== 'group')).toHaveLength(shapes)
    expect(dropped).toBe(0)
    expect(scene.bounds.w * scene.bounds.h).toBeGreaterThan(0)
  })
})
