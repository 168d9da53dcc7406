import type { ConnectionState, SaveState } from '@kolam/client'
import { expect, test } from 'vitest'
import { saveWords } from './save-words.ts'

const saved: SaveState = { name: 'saved' }
const local: SaveState = { name: 'local', changes: 3, since: 0 }
const live: ConnectionState = { name: 'live' }
const offline: ConnectionState = { name: 'offline' }

function short(state: ConnectionState, save: SaveState, opened = true): string {
  return saveWords({ state, save, opened, importing: false }).short
}

test('says Saved only when everything is saved and the line is there', () => {
  expect(short(live, saved)).toBe('Saved')
  expect(short(live, { name: 'saving', changes: 1 })).toBe('Saving…')
  expect(short(offline, saved)).toBe('Offline')
  expect(short({ name: 'connecting' }, saved)).toBe('Offline')
  expect(short({ name: 'connecting' }, saved, false)).toBe('Opening…')
  expect(short({ name: 'syncing' }, saved, false)).toBe('Opening…')
})

test('a file on its way is not called saved', () => {
  const words = saveWords({ state: live, save: saved, opened: true, importing: true })
  expect(words.short).toBe('Importing…')
})

test('counts what is only in this tab', () => {
  expect(short(offline, local)).toBe('Offline – 3 changes kept in this tab')
  expect(short(offline, { ...local, changes: 1 })).toBe('Offline – 1 change kept in this tab')
})

test('shows the server’s own reason', () => {
  const refused: ConnectionState = { name: 'refused', code: 4403, reason: 'You may only look.' }
  expect(saveWords({ state: refused, save: local, opened: true, importing: false })).toEqual({
    tone: 'bad',
    short: 'Refused',
    long: 'You may only look. 3 changes kept in this tab.',
  })
  const degraded: ConnectionState = { name: 'degraded', reason: 'The disk is full.' }
  expect(saveWords({ state: degraded, save: saved, opened: true, importing: false }).long).toBe(
    'The disk is full.',
  )
})

test('says why the server hung up, as long as it is tried again', () => {
  const trouble = { code: 1009, reason: 'Cannot accept 70000000 bytes: limit is 67108864' }
  const state: ConnectionState = { name: 'offline', retryAt: 1, trouble }
  expect(saveWords({ state, save: local, opened: true, importing: false })).toEqual({
    tone: 'bad',
    short: 'Cannot save',
    long: 'Cannot accept 70000000 bytes: limit is 67108864. Trying again… 3 changes kept in this tab.',
  })
})

test('a server that never answered is named before the first sync', () => {
  expect(saveWords({ state: offline, save: saved, opened: false, importing: false }).long).toMatch(
    /^The server does not answer\. Trying again…/,
  )
})
