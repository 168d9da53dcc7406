/** Files from outside: what is understood is drawn, what is not is kept and named, what is broken changes nothing. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './support/test.ts'

const OWN_FILE = path.resolve(
  import.meta.dirname,
  '../../packages/formats/fixtures/rich.excalidraw',
)
const REAL_FOLDER = path.resolve(import.meta.dirname, '../../../shared/fixtures/excalidraw')
const REAL_FILES = existsSync(REAL_FOLDER)
  ? readdirSync(REAL_FOLDER).filter((name) => name.endsWith('.excalidraw'))
  : ['(all files of shared/fixtures/excalidraw)']

for (const name of REAL_FILES) {
  test(`opens ${name} and names what it does not draw yet`, async ({ board, openTab }) => {
    test.skip(!existsSync(REAL_FOLDER), `${REAL_FOLDER} is not here`)
    const ada = await openTab(board)
    await ada.importFile(path.join(REAL_FOLDER, name))
    await expect(ada.page.getByText(/^\d+ shapes?/)).toBeVisible()
    expect(await ada.shapeCount()).toBeGreaterThan(0)
    await ada.settled()
  })
}

test('a file dropped on the board is opened there', async ({ board, openTab }) => {
  const ada = await openTab(board)
  const element = { id: 'a', type: 'rectangle', x: 0, y: 0, width: 100, height: 60 }
  await ada.dropFile('one.excalidraw', JSON.stringify({ type: 'excalidraw', elements: [element] }))
  await ada.hasShapes(1)
})

test('an unknown kind is kept, drawn as a box and named', async ({ board, openTab }) => {
  const ada = await openTab(board)
  const elements = [
    { id: 'a', type: 'rectangle', x: 0, y: 0, width: 100, height: 60 },
    { id: 'b', type: 'embeddable', x: 200, y: 0, width: 100, height: 60, link: 'https://a.test' },
  ]
  await ada.dropFile('two.excalidraw', JSON.stringify({ type: 'excalidraw', elements }))
  await ada.hasShapes(2)
  await expect(ada.page.getByText('2 shapes, 1 kind not drawn yet: embeddable')).toBeVisible()
})

for (const [name, text] of [
  ['not JSON', '{"type": "excalidraw", "elements": ['],
  ['JSON of something else', '{"hello": "world"}'],
  ['an empty file', ''],
] as const) {
  test(`a broken file (${name}) gets one sentence and changes nothing`, async ({
    board,
    openTab,
  }) => {
    const ada = await openTab(board)
    await ada.dropFile('broken.excalidraw', text)
    await expect(ada.page.getByRole('alert')).toHaveText(/\w+ .+/)
    await ada.hasShapes(0)
    await expect(ada.root).toHaveAttribute('data-save', 'saved')
  })
}

test('an import is one step to undo', async ({ board, openTab }) => {
  const ada = await openTab(board)
  await ada.importFile(OWN_FILE)
  await expect.poll(() => ada.shapeCount()).toBeGreaterThan(3)
  await ada.undo()
  await ada.hasShapes(0)
})
