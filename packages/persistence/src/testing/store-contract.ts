/** The rules every implementation of `Store` keeps (SPEC.md), as one suite. Needs nothing but the port. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store, StoreOptions } from '../store.ts'
import { registerCatalogue } from './catalogue-contract.ts'
import { registerHistory } from './history-contract.ts'
import { registerLog } from './log-contract.ts'
import { newPoint } from './new-point.ts'
import { bytes, entry, plain } from './plain-document.ts'

/** A store under test. `reopen` closes it and opens the same data again; leave it out where nothing outlives a store. */
export interface ContractSubject {
  readonly store: Store
  reopen?(): Promise<Store>
  dispose(): Promise<void>
}

/** Runs the contract over the stores a factory makes; each test gets a fresh one. */
export function registerStoreContract(
  name: string,
  factory: (options: StoreOptions) => Promise<ContractSubject>,
): void {
  describe(`${name} keeps the contract of Store`, () => {
    let subject: ContractSubject
    let store: Store

    beforeEach(async () => {
      subject = await factory({})
      store = subject.store
    })
    afterEach(() => subject.dispose())

    registerLog(() => store)
    registerCatalogue(() => store)
    registerClosing(() => store)

    test('[S3] everything survives a reopening, where the store outlives one', async () => {
      await store.append([entry('a', [1]), entry('a', [2])])
      await store.compact('a', bytes(12), 2)
      await store.append([entry('a', [3])])
      await store.describe('a', { title: 'Plan', shapes: 4 })
      const before = [await store.open('a'), await store.list()]
      const again = (await subject.reopen?.()) ?? store
      expect([await again.open('a'), await again.list()]).toEqual(before)
      await again.append([entry('a', [4])])
      expect(plain(await again.open('a')).seq).toBe(4)
    })
  })

  describe(`${name} keeps the contract of History`, () => {
    let subject: ContractSubject

    beforeEach(async () => {
      subject = await factory({ keepsHistory: true })
    })
    afterEach(() => subject.dispose())

    registerHistory(() => subject.store)

    test('[S3,H1,H4] points and what waits for the next one survive a reopening', async () => {
      const { store } = subject
      await store.append([entry('a', [1]), entry('a', [2])])
      const { updates } = await store.history.unrecorded('a', 1)
      await store.history.add('a', newPoint({ updates: updates.length, authors: ['ada'] }))
      await store.compact('a', bytes(12), 2)
      const before = [await store.history.list('a'), await store.history.read('a', 1)]
      const again = (await subject.reopen?.()) ?? store
      expect([await again.history.list('a'), await again.history.read('a', 1)]).toEqual(before)
      expect((await again.history.unrecorded('a', 2)).updates).toMatchObject([{ author: 'ada' }])
    })
  })
}

function registerClosing(store: () => Store): void {
  test('[S5] close waits for what is under way, may be called again, and then everything is refused', async () => {
    const append = store().append([entry('a', [1])])
    const closes = Promise.all([store().close(), store().close()])
    await expect(append).resolves.toBeUndefined()
    await closes
    await store().close()
    const closed = { code: 'closed' }
    await expect(store().open('a')).rejects.toMatchObject(closed)
    await expect(store().append([])).rejects.toMatchObject(closed)
    await expect(store().append([entry('a', [1])])).rejects.toMatchObject(closed)
    await expect(store().compact('a', bytes(1), 1)).rejects.toMatchObject(closed)
    await expect(store().describe('a', { title: '', shapes: 0 })).rejects.toMatchObject(closed)
    await expect(store().list()).rejects.toMatchObject(closed)
    await expect(store().since('a', 0)).rejects.toMatchObject(closed)
    await expect(store().trash('a', 1)).rejects.toMatchObject(closed)
    await expect(store().takeBack('a')).rejects.toMatchObject(closed)
    await expect(store().remove('a')).rejects.toMatchObject(closed)
    await expect(store().listTrash()).rejects.toMatchObject(closed)
    await expect(store().history.list('a')).rejects.toMatchObject(closed)
    await expect(store().references.count()).rejects.toMatchObject(closed)
    await expect(store().history.sizes()).rejects.toMatchObject(closed)
    await expect(store().history.add('a', newPoint())).rejects.toMatchObject(closed)
    await expect(store().stats()).rejects.toMatchObject(closed)
  })
}
