/** Scenes are the same each time, whole, and as large as their names say. Their seed is `MIXED.seed`. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { CORPUS, HANDWRITING, MIXED, NOTES } from '../config.ts'
import { formats } from '../kolam.ts'
import { seededRandom } from './chance.ts'
import type { Element } from './elements.ts'
import { mixedScene } from './mixed.ts'
import { wrapped } from './notes.ts'
import { orderKey } from './order-key.ts'
import { pngOf } from './png.ts'
import { boundsOf, sceneNamed, toFile } from './scene.ts'
import { toTldraw } from './to-tldraw.ts'

const random = () => seededRandom(MIXED.seed)

function kindsOf(elements: readonly Element[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { type } of elements) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

void test('a scene is the same each time', () => {
  assert.deepEqual(mixedScene(200, random()), mixedScene(200, random()))
})

void test('keys sort as their places do, over every change of length', () => {
  const keys = Array.from({ length: 62 + 62 ** 2 + 100 }, (_, place) => orderKey(place))
  assert.deepEqual(
    keys.toSorted((a, b) => (a < b ? -1 : 1)),
    keys,
  )
  assert.equal(new Set(keys).size, keys.length)
})

void test('10,000 mixed elements fit on the screen at a tenth of their size', () => {
  const { elements } = sceneNamed('10000')
  const { w, h } = boundsOf(elements)
  assert.equal(elements.length, 10_000)
  assert.ok(w <= 12_800 && h <= 8_000, `${w} × ${h}`)
  assert.deepEqual(Object.keys(kindsOf(elements)).sort(), [...new Set(MIXED.kinds)].sort())
})

void test('handwriting is strokes of so many points', () => {
  const { elements } = sceneNamed('handwriting')
  assert.equal(elements.length, HANDWRITING.strokes)
  assert.ok(elements.every(({ points }) => points?.length === HANDWRITING.points))
})

void test('the corpus has as many of each kind as the libraries', () => {
  const { elements } = sceneNamed('corpus')
  assert.deepEqual(kindsOf(elements), { ...CORPUS.kinds })
  assert.equal(elements.length, 50_065)
  assert.equal(new Set(elements.map(({ groupIds }) => groupIds[0])).size, CORPUS.items)
})

void test('a note is a box and the text in it, in lines no longer than the box is wide', () => {
  const { elements } = sceneNamed('notes')
  const texts = elements.filter(({ type }) => type === 'text')
  assert.equal(texts.length, NOTES.notes)
  assert.ok(texts.every(({ width }) => width <= NOTES.width))
  assert.ok(texts.every(({ containerId }) => elements.some(({ id }) => id === containerId)))
  assert.equal(wrapped('a '.repeat(80).trim()).replaceAll('\n', ' '), 'a '.repeat(80).trim())
})

void test("Kolam's importer takes every element and repairs none", async () => {
  const { readExcalidraw } = await formats()
  const read = readExcalidraw(toFile({ elements: mixedScene(300, random()), files: [] }))
  assert.ok(read.ok)
  const { shapes, repaired, dropped, notDrawn } = read.scene.summary
  assert.deepEqual(
    { shapes, repaired, dropped, notDrawn },
    { shapes: 300, repaired: 0, dropped: 0, notDrawn: [] },
  )
})

void test('tldraw gets every element, with groups around those that have one', () => {
  assert.equal(toTldraw(mixedScene(300, random())).length, 300)
  const { elements } = sceneNamed('corpus')
  const shapes = toTldraw(elements)
  assert.equal(shapes.length, elements.length + CORPUS.items)
  const groups = new Set(shapes.filter(({ type }) => type === 'group').map(({ id }) => id))
  assert.ok(shapes.every(({ type, parentId }) => type === 'group' || groups.has(parentId!)))
})

void test('no two pictures are the same', () => {
  const chance = random()
  const [one, two] = [pngOf({ w: 8, h: 8 }, chance), pngOf({ w: 8, h: 8 }, chance)]
  assert.equal(one.toString('latin1', 1, 4), 'PNG')
  assert.notDeepEqual(one, two)
})
