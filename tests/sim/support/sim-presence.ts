/** Who was not heard of for long is taken for gone. Y-protocols asks the machine's clock for that; here the world's clock does it. */
import type { Clock } from '@kolam/base'
import type { Client } from '@kolam/client'

type Awareness = Client['awareness']

const LOOK_MS = 3_000
const RENEW_MS = 15_000
const GONE_MS = 30_000

interface Changes {
  readonly added: readonly number[]
  readonly updated: readonly number[]
}

/** From now on `clock` tells that awareness the time. */
export function keepPresenceTime(awareness: Awareness, clock: Clock): void {
  clearInterval(awareness._checkInterval as NodeJS.Timeout)
  const heardAt = new Map([[awareness.clientID, clock.now()]])
  awareness.on('update', ({ added, updated }: Changes) => {
    for (const id of [...added, ...updated]) heardAt.set(id, clock.now())
  })
  const isOld = (id: number, ms: number): boolean => clock.now() - (heardAt.get(id) ?? 0) >= ms
  const look = (): void => {
    const state = awareness.getLocalState()
    if (state && isOld(awareness.clientID, RENEW_MS)) awareness.setLocalState(state)
    const others = [...awareness.states.keys()].filter((id) => id !== awareness.clientID)
    remove(
      awareness,
      others.filter((id) => isOld(id, GONE_MS)),
    )
    clock.after(LOOK_MS, look)
  }
  clock.after(LOOK_MS, look)
}

function remove(awareness: Awareness, removed: readonly number[]): void {
  if (removed.length === 0) return
  for (const id of removed) awareness.states.delete(id)
  const changes = { added: [], updated: [], removed }
  for (const name of ['change', 'update']) awareness.emit(name, [changes, 'timeout'])
}
