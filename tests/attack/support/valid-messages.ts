/** One sound frame of every kind there is, with something in it: what attackers cut, bend and send at the wrong time. */
import { encodeAwarenessEntries, encodeMessage, type Message } from '@kolam/protocol'
import * as Y from 'yjs'

/** A document of somebody who is nobody here, with every kind of content and a deletion. */
export function foreignDocument(clientId: number): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const text = doc.getText('foreign')
  text.insert(0, 'Some words')
  text.format(0, 4, { bold: true })
  text.insertEmbed(2, { picture: 'a' })
  text.delete(5, 2)
  doc.getMap('things').set('any', { at: [1, 2.5, -3], on: true, off: null, name: 'x' })
  doc.getMap('things').set('bytes', Uint8Array.of(1, 2, 3))
  doc.getArray('list').push([new Y.Map([['in', new Y.Text('deep')]]), 'last'])
  const paragraph = new Y.XmlElement('p')
  paragraph.setAttribute('k', 'v')
  doc.getXmlFragment('page').push([paragraph])
  return doc
}

/** A client id of nobody. */
export const FOREIGN_ID = 4242

type ValidMessages = { readonly [Type in Message['type']]?: Message }

/** Messages that carry bytes which are looked into. */
export type Bodied = Extract<Message, { type: 'step1' | 'step2' | 'update' | 'awareness' }>

/** One of each of those. */
export function bodiedMessages(clientId?: number): Bodied[] {
  return Object.values(validMessages(clientId)).filter(isBodied)
}

/** What is looked into. */
export function bodyOf(message: Bodied): Uint8Array {
  if (message.type === 'step1') return message.stateVector
  return message.type === 'awareness' ? message.bytes : message.update
}

/** The same message about something else. */
export function withBody({ type }: Bodied, body: Uint8Array): Bodied {
  if (type === 'step1') return { type, stateVector: body }
  return type === 'awareness' ? { type, bytes: body } : { type, update: body }
}

/** A sound message of every type, with the document and presence of one client. */
export function validMessages(clientId = FOREIGN_ID): ValidMessages {
  const doc = foreignDocument(clientId)
  const update = Y.encodeStateAsUpdate(doc)
  return {
    step1: { type: 'step1', stateVector: Y.encodeStateVector(doc) },
    step2: { type: 'step2', update },
    update: { type: 'update', update },
    awareness: { type: 'awareness', bytes: foreignPresence(clientId) },
    queryAwareness: { type: 'queryAwareness' },
    ping: { type: 'ping', nonce: 1_000_000 },
    pong: { type: 'pong', nonce: 1_000_000 },
    ...SERVER_ONLY,
  }
}

/** Messages only a relay may send. */
export const SERVER_ONLY = {
  auth: { type: 'auth', reason: 'no' },
  known: { type: 'known' },
  health: { type: 'health', degraded: true, reason: 'the disk' },
  goodbye: { type: 'goodbye', retryAfterMs: 100_000 },
} as const satisfies { [Type in Message['type']]?: Message }

/** The frames of all of them. */
export function validFrames(clientId?: number): Uint8Array[] {
  return Object.values(validMessages(clientId)).map((message) => encodeMessage(message))
}

function isBodied(message: Message): message is Bodied {
  return ['step1', 'step2', 'update', 'awareness'].includes(message.type)
}

function foreignPresence(clientId: number): Uint8Array {
  return encodeAwarenessEntries([
    { clientId, clock: 1, state: '{"name":"Zoë","at":[1,2]}' },
    { clientId: clientId + 1, clock: 300, state: 'null' },
  ])
}
