import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { NOTHING, World } from '../testing/index.ts'
import { yjsDocuments } from './yjs-documents.ts'

test('a relay with these functions is all that people need who write together', async () => {
  const world = new World({ documents: yjsDocuments() })
  const [ada, bob] = [await world.join(), await world.join()]
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => ada.say({ type: 'update', update }))
  doc.getText('text').insert(0, 'hello')
  doc.getText('text').delete(1, 1)
  await world.pass(50)
  const late = await world.join()
  late.say({ type: 'step1', stateVector: NOTHING })
  await world.pass(10)
  for (const peer of [bob, late]) {
    const copy = new Y.Doc()
    for (const { update } of peer.of('update', 'step2')) Y.applyUpdate(copy, update)
    expect(copy.getText('text').toJSON()).toBe('hllo')
  }
})

test('what a document holds already adds nothing to it, also where it only deletes', async () => {
  const documents = yjsDocuments()
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'hello')
  const before = Y.encodeStateAsUpdate(doc)
  const then = Y.encodeStateVector(doc)
  doc.getText('text').delete(1, 1)
  const deletion = Y.encodeStateAsUpdate(doc, then)
  expect(documents.inspect(deletion)).toEqual({ structs: [], deletes: 1 })
  expect(await documents.addsNothing?.(before, deletion)).toBe(false)
  const after = await documents.merge([before, deletion])
  expect(await documents.addsNothing?.(after, deletion)).toBe(true)
})

test('bytes that are no update are refused', async () => {
  const world = new World({ documents: yjsDocuments() })
  const ada = await world.join()
  ada.say({ type: 'update', update: Uint8Array.from([1, 1, 7]) })
  await world.pass(10)
  expect(ada.closedWith).toBe(4400)
})
