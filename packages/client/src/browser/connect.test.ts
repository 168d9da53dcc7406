import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Doc } from 'yjs'
import { TestSocket } from '../testing/socket-pair.ts'
import type { Companion } from './companion.ts'
import { connectBrowser } from './index.ts'

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })

beforeEach(() => {
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', page)
  vi.stubGlobal('location', { href: 'http://kolam.test/' })
})
afterEach(() => vi.unstubAllGlobals())

/** A page with one companion, which is ready when the test says so. */
function makePage() {
  const told: string[] = []
  let ready = () => {}
  const isReady = new Promise<void>((resolve) => (ready = resolve))
  const friend: Companion = {
    open: () => isReady,
    start: () => told.push('start'),
    probe: () => told.push('probe'),
    hide: () => told.push('hide'),
    stop: () => told.push('stop'),
  }
  const sockets = {
    open: () => {
      told.push('open')
      return new TestSocket([])
    },
    wentOnline: () => told.push('online'),
    dispose: () => told.push('sockets end'),
  }
  const doc = new Doc()
  const url = 'ws://kolam.test/sync/board'
  const connection = connectBrowser({ url, doc, sockets, company: () => ({ friend }) })
  /** Lets promises that are ready run. */
  const settle = async () => {
    for (let turn = 0; turn < 6; turn++) await Promise.resolve()
  }
  return { ...connection, told, ready, settle, friend }
}

describe('a client in a page', () => {
  test('[B5] connects when everybody who goes with it is ready', async () => {
    const { client, company, told, ready, settle, friend, dispose } = makePage()
    await settle()
    expect([told, client.state.name]).toEqual([[], 'offline'])
    ready()
    await settle()
    expect([told, client.state.name]).toEqual([['start', 'open'], 'connecting'])
    expect(company.friend).toBe(friend)
    dispose()
  })

  test('[B5] passes on what the page does', async () => {
    const { told, ready, settle, dispose } = makePage()
    ready()
    await settle()
    told.length = 0
    for (const name of ['pagehide', 'pageshow', 'online']) window.dispatchEvent(new Event(name))
    expect(told).toEqual(['hide', 'probe', 'online'])
    dispose()
    window.dispatchEvent(new Event('pagehide'))
    expect(told).toEqual(['hide', 'probe', 'online', 'sockets end', 'stop'])
  })

  test('[B5] that left before everybody was ready starts nothing', async () => {
    const { client, told, ready, settle, dispose } = makePage()
    dispose()
    ready()
    await settle()
    expect([told, client.state.name]).toEqual([['sockets end', 'stop'], 'offline'])
  })
})
