/** The history over HTTP, with a real server, a real store and people who draw. */
import { Board } from '@kolam/board'
import { encodeAwarenessEntries, encodeMessage } from '@kolam/protocol'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { connectClient, nextEcho, type TestClient, until } from '../fixtures/client.ts'
import { temporaryFolder } from '../fixtures/folder.ts'
import { testServer } from '../fixtures/server.ts'

const HISTORY = {
  everyMs: 60_000,
  days: null,
  documentBytesMax: Number.POSITIVE_INFINITY,
  bytesMax: Number.POSITIVE_INFINITY,
}

/** Somebody with a name at a board. */
async function person(url: string, name: string, id = 'plan') {
  const client = await connectClient(url, id)
  const state = JSON.stringify({ person: { name, color: '#112233' } })
  const bytes = encodeAwarenessEntries([{ clientId: client.doc.clientID, clock: 1, state }])
  client.socket.send(Uint8Array.from(encodeMessage({ type: 'awareness', bytes })))
  return { client, board: new Board(client.doc) }
}

async function saved(client: TestClient, edit: () => void): Promise<void> {
  const stored = nextEcho(client)
  edit()
  await stored
}

function box(id: string, text = '') {
  return { id, kind: 'rectangle', at: ['page:1', 0, 0], w: 10, h: 10, text } as const
}

/** Calls the history of `plan`. */
function historyAt(url: string) {
  return async (path: string, method = 'GET', body?: object) => {
    const init = body ? { method, body: JSON.stringify(body) } : { method }
    const answer = await fetch(`${url}/api/documents/plan/history${path}`, init)
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
}

async function stateAt(url: string, number: number): Promise<string[]> {
  const answer = await fetch(`${url}/api/documents/plan/history/${number}/state`)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, new Uint8Array(await answer.arrayBuffer()))
  return [...doc.getMap('shapes').keys()].sort()
}

test('a board is kept under a name, read as it was, and says who did what since', async () => {
  const { url } = await testServer({ history: HISTORY })
  const history = historyAt(url)
  const ada = await person(url, 'Ada')
  const bo = await person(url, 'Bo')
  await saved(ada.client, () => ada.board.insert([box('a', 'one'), box('b', 'two')]))
  expect(await history('', 'POST', { name: ' First  draft ', author: 'Ada' })).toEqual({
    status: 201,
    body: { number: 1 },
  })
  await until(bo.client.doc, () => bo.client.doc.getMap('shapes').has('b'))
  await saved(bo.client, () => bo.board.remove(['a']))
  await saved(bo.client, () => bo.board.update([['b', { w: 50 }]]))
  await saved(ada.client, () => ada.board.insert([box('c', 'three')]))
  const { body: news } = await history('/now/changes')
  expect(news).toMatchObject({
    from: 1,
    to: 'now',
    added: [{ id: 'c', kind: 'rectangle', text: 'three', authors: ['Ada'] }],
    removed: [{ id: 'a', text: 'one', authors: ['Bo'] }],
    changed: [{ id: 'b', props: ['size'], authors: ['Bo'] }],
    counts: { added: 1, removed: 1, changed: 1 },
    authors: ['Bo', 'Ada'],
  })
  expect((await history('', 'POST')).body).toEqual({ number: 2 })
  expect((await history('/2/changes')).body).toMatchObject({
    ...news,
    to: 2,
  })
  expect((await history('')).body).toMatchObject({
    points: [
      { number: 1, kind: 'named', name: 'First draft', author: 'Ada', authors: ['Ada'] },
      { number: 2, kind: 'named', name: '', authors: ['Bo', 'Ada'] },
    ],
  })
  expect([await stateAt(url, 1), await stateAt(url, 2)]).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ])
  expect((await history('/2/changes?from=0')).body).toMatchObject({ counts: { added: 2 } })
})

test('going back is an edit that everybody sees, and what was there before is a point', async () => {
  const { url } = await testServer({ history: HISTORY })
  const history = historyAt(url)
  const ada = await person(url, 'Ada')
  await saved(ada.client, () => ada.board.insert([box('a', 'one'), box('b')]))
  await history('', 'POST', { name: 'Start' })
  await saved(ada.client, () => ada.board.remove(['a']))
  await saved(ada.client, () => ada.board.insert([box('c')]))
  const only = await history('/1/restore', 'POST', { shapes: ['a'], author: 'Bo' })
  expect(only.body).toEqual({ before: 2, changed: true })
  await until(ada.client.doc, () => ada.board.shape('a') !== undefined)
  expect([...ada.board.shapes()].map(({ id }) => id).sort()).toEqual(['a', 'b', 'c'])
  const all = await history('/1/restore', 'POST', { author: 'Bo' })
  expect(all.body).toEqual({ before: 3, changed: true })
  await until(ada.client.doc, () => ada.board.shape('c') === undefined)
  expect(ada.board.shape('a')?.text).toBe('one')
  expect((await history('/1/restore', 'POST')).body).toMatchObject({ changed: false })
  const kinds = ((await history('')).body['points'] as { kind: string }[]).map(({ kind }) => kind)
  expect(kinds).toEqual(['named', 'before-restore', 'before-restore', 'before-restore'])
  expect((await history('/4/changes?from=3')).body).toMatchObject({ authors: ['Bo'] })
  await history('/2/restore', 'POST')
  await until(ada.client.doc, () => ada.board.shape('c') !== undefined)
})

test('a history outlives its server, compaction and a name that is taken away, until it is forgotten', async () => {
  const dataFolder = await temporaryFolder()
  const first = await testServer({ dataFolder, history: HISTORY })
  const ada = await person(first.url, 'Ada')
  await saved(ada.client, () => ada.board.insert([box('a')]))
  await historyAt(first.url)('', 'POST', { name: 'Start', author: 'Ada' })
  for (let w = 1; w < 40; w++) await saved(ada.client, () => ada.board.update([['a', { w }]]))
  await saved(ada.client, () => ada.board.remove(['a']))
  await ada.client.close()
  await first.close()
  const { url } = await testServer({ dataFolder, history: HISTORY })
  const history = historyAt(url)
  expect(await stateAt(url, 1)).toEqual(['a'])
  expect((await history('/1', 'PATCH', { name: '' })).status).toBe(200)
  expect((await history('')).body).toMatchObject({ points: [{ kind: 'automatic', name: '' }] })
  expect((await history('/now/changes')).body).toMatchObject({ removed: [{ authors: ['Ada'] }] })
  expect((await history('', 'DELETE')).body).toMatchObject({ points: [{ number: 2 }] })
  expect((await history('/1/state')).status).toBe(404)
  expect(await stateAt(url, 2)).toEqual([])
})

test('what cannot be is refused in words', async () => {
  const { url } = await testServer({ history: HISTORY })
  const history = historyAt(url)
  const none = await history('')
  expect(none.body).toEqual({ points: [] })
  expect(await history('', 'POST', { name: 'x' })).toMatchObject({
    status: 409,
    body: { error: { code: 'nothing-to-keep' } },
  })
  const ada = await person(url, 'Ada')
  await saved(ada.client, () => ada.board.insert([box('a')]))
  await history('', 'POST')
  const calls: [string, string, object | undefined, number][] = [
    ['/2/state', 'GET', undefined, 404],
    ['/x/state', 'GET', undefined, 404],
    ['/1/changes?from=1', 'GET', undefined, 400],
    ['/1/changes?from=7', 'GET', undefined, 404],
    ['', 'POST', { name: 'x'.repeat(101) }, 400],
    ['', 'POST', { kind: 'automatic' }, 400],
    ['/1', 'PATCH', { title: 'x' }, 400],
    ['/9', 'PATCH', { name: 'x' }, 404],
    ['/1/restore', 'POST', { shapes: 'a' }, 400],
    ['/1/restore', 'POST', { shapes: [] }, 400],
    ['/9/restore', 'POST', {}, 404],
  ]
  for (const [path, method, body, status] of calls) {
    const answer = await history(path, method, body)
    expect([path, answer.status]).toEqual([path, status])
    expect(answer.body).toMatchObject({ error: { message: expect.stringMatching(/\w/) } })
  }
  const notJson = { method: 'POST', body: '{' }
  expect((await fetch(`${url}/api/documents/plan/history`, notJson)).status).toBe(400)
  await fetch(`${url}/api/documents/plan`, { method: 'DELETE' })
  expect((await history('')).status).toBe(410)
})
