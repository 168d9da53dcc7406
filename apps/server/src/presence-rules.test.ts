import { ManualClock, seededRandom } from '@kolam/base'
import { MemoryStore } from '@kolam/persistence'
import { encodeAwarenessEntries } from '@kolam/protocol'
import { Relay } from '@kolam/relay'
import { presenceOf, RecordingPeer, settle, toyDocuments } from '@kolam/relay/testing'
import { expect, test } from 'vitest'
import { BOARD_PRESENCE } from './presence-rules.ts'

/** What others get of a state. */
async function told(state: object): Promise<unknown> {
  const clock = new ManualClock()
  const relay = new Relay({
    store: new MemoryStore(),
    documents: toyDocuments,
    clock,
    random: seededRandom(1),
    presence: BOARD_PRESENCE,
  })
  const [ada, bob] = [new RecordingPeer(), new RecordingPeer()]
  for (const peer of [ada, bob])
    peer.session = relay.connect('doc', peer, { kolam: true, role: 'viewer', person: '' })
  await settle()
  const entry = { clientId: 1, clock: 1, state: JSON.stringify(state) }
  ada.say({ type: 'awareness', bytes: encodeAwarenessEntries([entry]) })
  clock.advance(10)
  expect(ada.closedWith).toBeNull()
  return presenceOf(bob).at(-1)?.[0]?.[2]
}

test('all a tab of the web app says gets to the others', async () => {
  const state = {
    person: { name: 'நிலா 👩‍🎨', color: '#6246ea' },
    cursor: { x: -10.5, y: 1e6 },
    selection: Array.from({ length: 100 }, (_, i) => `shape-${'x'.repeat(50)}-${i}`),
  }
  expect(await told(state)).toEqual(state)
  expect(await told({ ...state, cursor: null, selection: [] })).toMatchObject({ cursor: null })
})

test('so does what the editors of Yjs say', async () => {
  const state = { user: { name: 'Ada', color: '#30bced', colorLight: '#30bced33' }, cursor: {} }
  expect(await told(state)).toEqual(state)
})

test('nothing else does', async () => {
  const person = { name: 'A\u202eda', color: 'url(//example.org)' }
  expect(await told({ person, banner: 'x'.repeat(9_000) })).toEqual({ person: { name: 'Ada' } })
})
