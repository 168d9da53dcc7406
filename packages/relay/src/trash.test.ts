import { expect, test } from 'vitest'
import { contentOf, edit, editing, gate, NOTHING, settle, World } from './testing/index.ts'

test('[R15] what was sent is stored, everybody is told, and the document is put away', async () => {
  const world = new World()
  const ada = await world.join()
  const stored = gate()
  world.store.before = (call) => (call === 'append' ? stored.passed : undefined)
  ada.say(editing(1, 0))
  const trashed = world.relay.trash('doc', 7)
  await settle()
  expect([ada.closedWith, await world.store.memory.listTrash()]).toEqual([4410, []])
  stored.open()
  await trashed
  expect(await world.store.memory.listTrash()).toMatchObject([{ id: 'doc', trashedAt: 7 }])
  expect(world.relay.stats.rooms).toBe(0)
})

test('[R15] nobody comes in while it is in the trash, and everybody when it was taken back', async () => {
  const world = new World()
  await world.relay.apply('doc', edit(1, 0), '')
  await world.relay.trash('doc', 7)
  expect((await world.join()).closedWith).toBe(4410)
  await world.store.memory.takeBack('doc')
  const ada = await world.join()
  ada.say({ type: 'step1', stateVector: NOTHING }, editing(1, 1))
  await world.pass(20)
  expect([ada.closedWith, contentOf(ada)]).toEqual([null, ['1:0', '1:1']])
})

test('[R15] whoever writes to what was put away behind the relay’s back is closed, others are stored', async () => {
  const world = new World()
  const [ada, bob] = [await world.join('doc'), await world.join('other')]
  ada.say(editing(1, 0))
  await world.pass(20)
  await world.store.memory.trash('doc', 7)
  ada.say(editing(1, 1))
  bob.say(editing(2, 0))
  await world.pass(20)
  expect([ada.closedWith, bob.closedWith]).toEqual([4410, null])
  expect((await world.store.memory.open('other')).seq).toBe(1)
  await world.store.memory.remove('doc')
  expect((await world.join('doc')).closedWith).toBe(4410)
  expect(world.relay.health.state).toBe('ok')
})

test('[R15] what is not there cannot be put away', async () => {
  const world = new World()
  await expect(world.relay.trash('doc', 7)).rejects.toMatchObject({ code: 'invalid' })
  await expect(world.relay.trash('no id', 7)).rejects.toMatchObject({ code: 'bad-document-id' })
})
