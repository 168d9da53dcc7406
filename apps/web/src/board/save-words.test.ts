import type { ConnectionState, SaveState } from '@kolam/client'
import { expect, test } from 'vitest'
import { saveWords } from './save-words.ts'

const saved: SaveState = { name: 'saved' }
const local: SaveState = { name: 'local', changes: 3, since: 0 }
const live: ConnectionState = { name: 'live' }
const offline: ConnectionState = { name: 'offline' }

/** A tab that keeps nothing in this browser. */
const bare = { tried: true, importing: false, kept: false, trouble: '' }

function short(state: ConnectionState, save: SaveState, opened = true): string {
  return saveWords({ ...bare, state, save, opened, tried: opened }).short
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
  const words = saveWords({ state: live, save: saved, opened: true, ...bare, importing: true })
  expect(words.short).toBe('Importing…')
})

test('counts what is only in this tab', () => {
  expect(short(offline, local)).toBe('Offline – 3 changes kept in this tab')
  expect(short(offline, { ...local, changes: 1 })).toBe('Offline – 1 change kept in this tab')
})

test('shows the server’s own reason', () => {
  const refused: ConnectionState = { name: 'refused', code: 4403, reason: 'You may only look.' }
  expect(saveWords({ state: refused, save: local, opened: true, ...bare })).toEqual({
    tone: 'bad',
    short: 'Refused',
    long: 'You may only look. 3 changes kept in this tab.',
  })
  const degraded: ConnectionState = { name: 'degraded', reason: 'The disk is full.' }
  expect(saveWords({ state: degraded, save: saved, opened: true, ...bare }).long).toBe(
    'The disk is full.',
  )
})

test('says how to go on where what is kept here can never be stored', () => {
  const state: ConnectionState = { name: 'refused', code: 4409, reason: 'Cannot accept.' }
  const view = { state, save: local, opened: true, ...bare }
  expect(saveWords(view).long).toBe('Cannot accept. 3 changes kept in this tab.')
  expect(saveWords({ ...view, kept: true }).long).toContain('choose “Forget the copy in this')
})

test('says why the server hung up, as long as it is tried again', () => {
  const trouble = { code: 1009, reason: 'Cannot accept 70000000 bytes: limit is 67108864' }
  const state: ConnectionState = { name: 'offline', retryAt: 1, trouble }
  expect(saveWords({ state, save: local, opened: true, ...bare })).toEqual({
    tone: 'bad',
    short: 'Cannot save',
    long: 'Cannot accept 70000000 bytes: limit is 67108864. Trying again… 3 changes kept in this tab.',
  })
})

test('a server that never answered is named before the first sync', () => {
  expect(
    saveWords({ state: offline, save: saved, opened: false, ...bare, tried: false }).long,
  ).toMatch(/^The server does not answer\. Trying again…/)
})

test('what this browser keeps survives the tab, and is called so', () => {
  const view = { ...bare, opened: true, kept: true, state: offline }
  expect(saveWords({ ...view, save: local })).toEqual({
    tone: 'busy',
    short: 'Offline – 3 changes kept in this browser',
    long: 'They are sent when the server answers again. You may close the tab or reload it.',
  })
  expect(saveWords({ ...view, save: saved }).long).toBe(
    'No connection. Everything you drew before is saved. What you draw is kept in this browser until the server answers.',
  )
})

test('a copy of this browser is not called saved before the server was asked', () => {
  const view = { ...bare, opened: true, kept: true, tried: false, save: saved }
  for (const name of ['connecting', 'syncing'] as const) {
    expect(saveWords({ ...view, state: { name } }).short).toBe('Connecting…')
  }
  expect(saveWords({ ...view, state: { name: 'connecting' }, tried: true }).short).toBe('Offline')
  expect(saveWords({ ...view, state: { name: 'connecting' }, save: local }).long).toMatch(
    /3 changes kept in this browser\.$/,
  )
})

test('says why this browser keeps no copy', () => {
  const trouble = 'This browser keeps no copy: its storage is full.'
  const words = saveWords({ ...bare, opened: true, state: live, save: saved, trouble })
  expect(words).toMatchObject({ tone: 'good', short: 'Saved' })
  expect(words.long).toMatch(/disk\. This browser keeps no copy: its storage is full\.$/)
})
