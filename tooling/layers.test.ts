import { describe, expect, test } from 'vitest'
import { importsOf, layerFaults, type Source } from './layers.ts'

function source(text: string, over: Partial<Source> = {}): Source {
  return { file: 'packages/board/src/board.ts', owner: '@kolam/board', text, ...over }
}

describe('layerFaults()', () => {
  test('lets a package import downwards', () => {
    expect(layerFaults(source("import { assert } from '@kolam/base'"))).toEqual([])
  })

  test.each([
    ["import { Editor } from '@kolam/editor'", 'upwards'],
    ["import type { Editor } from '@kolam/editor'", 'by type only'],
    ["export { Editor } from '@kolam/editor'", 're-exported'],
    ["const editor = await import('@kolam/editor')", 'dynamically'],
    ["import {\n  Editor,\n} from '@kolam/editor'", 'over several lines'],
    ["import '@kolam/editor'", 'for its effect'],
    ["import { Editor } from '../../editor/src/index.ts'", 'out of its folder'],
    ["import { readFile } from 'node:fs'", 'of Node'],
    ["import { WebSocket } from 'ws'", 'of ws'],
  ])('refuses %j (%s)', (text) => {
    expect(layerFaults(source(text))).toHaveLength(1)
  })

  test('knows the one door to ws', () => {
    const inside = { file: 'packages/relay/src/ws/serve.ts', owner: '@kolam/relay' }
    expect(layerFaults(source("import { WebSocketServer } from 'ws'", inside))).toEqual([])
  })

  test('knows the one door of the relay to Yjs', () => {
    const owner = '@kolam/relay'
    const faultsIn = (file: string): string[] =>
      layerFaults(source("import * as Y from 'yjs'", { file, owner }))
    expect(faultsIn('packages/relay/src/yjs/functions.ts')).toEqual([])
    expect(faultsIn('packages/relay/src/room.test.ts')).toEqual([])
    expect(faultsIn('packages/relay/src/room.ts')).toHaveLength(1)
    expect(layerFaults(source("import * as Y from 'yjs'"))).toEqual([])
  })

  test('refuses siblings', () => {
    const canvas = { file: 'packages/canvas/src/a.ts', owner: '@kolam/canvas' }
    expect(layerFaults(source("import { Editor } from '@kolam/editor'", canvas))).toHaveLength(1)
  })
})

test('importsOf() ignores words that only look like imports', () => {
  expect(importsOf("const text = 'important from here'\nconst from = 'x'")).toEqual([])
})
