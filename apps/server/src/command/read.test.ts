import { copyFile, mkdir, open, readdir } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openSqliteStore } from '@kolam/persistence/sqlite'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { connectClient, nextEcho } from '../fixtures/client.ts'
import { temporaryFolder } from '../fixtures/folder.ts'
import { testServer } from '../fixtures/server.ts'
import { addDocument, boardUpdates, newFile, PICTURE, smallFolder } from './fixtures/data.ts'
import { kolam } from './fixtures/kolam.ts'

test.each([[['list']], [['stats']], [['fsck']], [['dump', 'plan']], [['compact']], [['backup']]])(
  '%j makes nothing where there is nothing, and says so',
  async (args) => {
    const parent = await temporaryFolder()
    const call = args[0] === 'backup' ? ['backup', await newFile('all.kolam')] : args
    for (const data of [join(parent, 'data'), parent]) {
      expect(await kolam(data, call)).toEqual({
        code: 1,
        output: '',
        bytes: Buffer.alloc(0),
        errors: `There is no Kolam data in ${data}\n`,
      })
    }
    expect(await readdir(parent)).toEqual([])
  },
)

test('the list is read beside a server, as words and as JSON', async () => {
  const dataFolder = await smallFolder()
  const { url } = await testServer({ dataFolder })
  const client = await connectClient(url, 'new')
  const stored = nextEcho(client)
  client.doc.getMap('shapes').set('a', 1)
  await stored
  const { code, output } = await kolam(dataFolder, ['list', '--json'])
  expect(code).toBe(0)
  const { documents } = JSON.parse(output) as { documents: { id: string }[] }
  expect(documents.map(({ id }) => id).sort()).toEqual(['new', 'plan'])
  const words = await kolam(dataFolder, ['list'])
  expect(words.output).toMatch(/^ID +TITLE +SHAPES +SIZE +CHANGED\n/)
  expect(words.output).toMatch(/\nplan +Title of plan +2 +\d+ bytes +2026-01-02T00:00:00Z\n/)
  expect(await kolam(dataFolder, ['fsck'])).toMatchObject({ code: 0 })
})

test('a title cannot steer the terminal', async () => {
  const data = await smallFolder()
  const sql = new DatabaseSync(join(data, 'kolam.db'))
  sql.prepare('UPDATE documents SET title = ?').run('a\u001B[2Jb\nc')
  sql.close()
  expect((await kolam(data, ['list'])).output).toContain('a\u{fffd}[2Jb c')
})

test('stats counts documents, updates, pictures and what they take', async () => {
  const data = await smallFolder()
  const { output } = await kolam(data, ['stats', '--json'])
  expect(JSON.parse(output)).toMatchObject({
    documents: 1,
    updates: 3,
    walBytes: 0,
    assets: 1,
    assetBytes: PICTURE.length,
  })
  expect((await kolam(data, ['stats'])).output).toMatch(/\n {2}documents +1\n/)
})

test('fsck names what is damaged, missing and left over, and nothing else', async () => {
  const data = await smallFolder()
  await addDocument(data, 'sound', boardUpdates('Sound', ['a']))
  await addDocument(data, 'gap', boardUpdates('Gap', ['a', 'b']))
  await addDocument(data, 'gone', boardUpdates('Gone', []))
  await addDocument(data, 'hidden', boardUpdates('Hidden', []))
  const sql = new DatabaseSync(join(data, 'kolam.db'))
  sql.exec(`
    UPDATE updates SET crc = crc + 1 WHERE document = 'plan' AND seq = 2;
    DELETE FROM updates WHERE document = 'gap' AND seq < 3;
    DELETE FROM documents WHERE id = 'gone';
    UPDATE documents SET trashed_at = 1 WHERE id = 'hidden';
  `)
  sql.close()
  const { code, output } = await kolam(data, ['fsck'])
  expect(code).toBe(1)
  expect(output.trim().split('\n').slice(1)).toEqual([
    '  Document "hidden": whether it is in the trash does not match its checksum',
    '  Document "gone": has rows, and the list of documents does not have it',
    '  Document "gap": updates 1 to 2 of 3 are missing',
    '  Document "plan": update 2 does not match its checksum',
  ])
})

test('a picture that a document shows and that is not there is noted', async () => {
  const data = await smallFolder()
  const [born, changed, there] = ['a', 'b', 'c'].map((letter) => letter.repeat(64))
  const doc = new Y.Doc()
  for (const [id, entries] of [
    ['1', [['init', JSON.stringify({ kind: 'image', asset: born })]]],
    ['2', [['asset', changed]]],
    ['3', [['asset', createHash('sha256').update(PICTURE).digest('hex')]]],
    ['4', [['text', there]]],
  ] as const) {
    doc.getMap('shapes').set(id, new Y.Map(entries))
  }
  await addDocument(data, 'board', [Y.encodeStateAsUpdate(doc)])
  const { code, output } = await kolam(data, ['fsck', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({
    problems: [],
    missing: [
      { document: 'board', asset: born },
      { document: 'board', asset: changed },
    ],
  })
  expect((await kolam(data, ['fsck'])).output).toContain(
    `Note: document "board" shows picture ${born}, which is not here`,
  )
})

test('an update that was stored and is none is found', async () => {
  const data = await smallFolder()
  await addDocument(data, 'odd', [Uint8Array.from([9, 9, 9])])
  const { code, output } = await kolam(data, ['fsck'])
  expect(code).toBe(1)
  expect(output).toMatch(/Document "odd": update 1 cannot be decoded: /)
})

test('a damaged page of the database is a problem, not a crash', async () => {
  const data = await smallFolder()
  const updates = Array.from({ length: 30 }, (_, n) => boardUpdates(`${n}`, ['x'.repeat(3_000)]))
  await addDocument(data, 'long', updates.flat())
  const file = join(data, 'kolam.db')
  const handle = await open(file, 'r+')
  const { size } = await handle.stat()
  await handle.write(new Uint8Array(4096).fill(0xaa), 0, 4096, Math.floor(size / 8192) * 4096)
  await handle.close()
  const { code, output, errors } = await kolam(data, ['fsck'])
  expect(code).toBe(1)
  expect(output + errors).toMatch(/The database: |Document "|damaged/)
  expect(output + errors).not.toContain('bug')
})

test('what is in the trash is listed apart and checked; what was removed for good is neither', async () => {
  const data = await smallFolder()
  for (const id of ['aside', 'gone']) await addDocument(data, id, boardUpdates(id, ['a']))
  const store = await openSqliteStore({ folder: data })
  for (const id of ['aside', 'gone']) await store.trash(id, Date.UTC(2026, 0, 3))
  await store.remove('gone')
  await store.close()
  expect((await kolam(data, ['list'])).output).not.toMatch(/aside|gone/)
  const trash = await kolam(data, ['list', '--trash', '--json'])
  expect(JSON.parse(trash.output)).toMatchObject({ documents: [{ id: 'aside' }] })
  const file = await newFile('all.kolam')
  expect((await kolam(data, ['backup', file])).output).toContain('2 documents')
  for (const call of [['fsck'], ['backup', '--verify', file]]) {
    expect(await kolam(data, call)).toMatchObject({
      code: 0,
      output: expect.stringContaining('2 documents, 5 updates'),
    })
  }
})

test('a database of an older Kolam is read as it is', async () => {
  const data = await smallFolder()
  const sql = new DatabaseSync(join(data, 'kolam.db'))
  sql.exec(`
    ALTER TABLE documents DROP COLUMN trashed_at;
    ALTER TABLE documents DROP COLUMN deleted;
    ALTER TABLE documents DROP COLUMN state_crc;
    ALTER TABLE documents DROP COLUMN points;
    ALTER TABLE documents DROP COLUMN history_bytes;
    DROP TABLE points;
    DROP TABLE quarantine;
    UPDATE meta SET value = 2 WHERE key = 'schema';
  `)
  sql.close()
  const file = await newFile('all.kolam')
  const calls = [
    ['list'],
    ['list', '--trash'],
    ['stats'],
    ['fsck'],
    ['dump', 'plan', '--as', 'json'],
  ]
  for (const call of [...calls, ['backup', file], ['backup', '--verify', file]]) {
    expect(await kolam(data, call)).toMatchObject({ code: 0 })
  }
})

test('a newer database is refused and not touched', async () => {
  const data = await smallFolder()
  const sql = new DatabaseSync(join(data, 'kolam.db'))
  sql.exec("UPDATE meta SET value = 99 WHERE key = 'schema'")
  sql.close()
  expect(await kolam(data, ['list'])).toMatchObject({
    code: 1,
    errors: expect.stringContaining('a newer Kolam wrote it (schema 99'),
  })
})

test('a document is dumped as an update and as JSON', async () => {
  const data = await smallFolder()
  const { bytes } = await kolam(data, ['dump', 'plan'])
  const doc = new Y.Doc()
  Y.applyUpdate(doc, bytes)
  expect(doc.getMap('shapes').size).toBe(2)
  const { output } = await kolam(data, ['dump', 'plan', '--as', 'json'])
  expect(JSON.parse(output)).toEqual({
    meta: { title: 'Plan' },
    shapes: { circle: 'text of circle', square: 'text of square' },
  })
  const out = await newFile('plan.bin')
  const saved = await kolam(data, ['dump', 'plan', '--out', out, '--json'])
  expect(JSON.parse(saved.output)).toEqual({ ok: true, id: 'plan', file: out, bytes: bytes.length })
  expect(await kolam(data, ['dump', 'plan', '--out', out])).toMatchObject({ code: 1, output: '' })
  expect(await kolam(data, ['dump', 'none'])).toMatchObject({
    code: 1,
    errors: 'There is no document "none"\n',
  })
})

test('every kind of content has a form in JSON', async () => {
  const data = await smallFolder()
  const doc = new Y.Doc()
  doc.getMap('map').set('ink', Uint8Array.from([1, 2, 3]))
  doc.getArray('list').push([1, 'two', { many: 3n }])
  doc.getText('text').insert(0, 'gone')
  doc.getText('text').delete(0, 4)
  doc.getText('text').insert(0, 'words')
  doc.getXmlFragment('page').insert(0, [new Y.XmlElement('p')])
  await addDocument(data, 'all', [Y.encodeStateAsUpdate(doc)])
  const { output } = await kolam(data, ['dump', 'all', '--as', 'json'])
  expect(JSON.parse(output)).toEqual({
    list: [1, 'two', { many: '3' }],
    map: { ink: { base64: 'AQID' } },
    page: '<p></p>',
    text: 'words',
  })
})

test('an assets folder with other files in it is read past them', async () => {
  const data = await smallFolder()
  await mkdir(join(data, 'assets', 'ab'))
  await copyFile(join(data, 'kolam.db'), join(data, 'assets', 'ab', 'stray'))
  expect((await kolam(data, ['fsck'])).output).toContain('1 picture; all is well')
})
