/**
 * Stock clients hang up when no frame came for 30 s, which is sure to happen to somebody without presence who reads what
 * nobody writes. The relay says something in time.
 */
import { isDeepStrictEqual } from 'node:util'
import { DEFAULT_LIMITS } from '@kolam/relay'
import { describe, expect, test } from 'vitest'
import { useRelay } from './support/relay-world.ts'
import { stock, type StockClient } from './support/stock-client.ts'
import { VERSIONS } from './support/versions.ts'
import { soon } from './support/within.ts'

/** When a stock client hangs up, and how often it looks. */
const PATIENCE_MS = 30_000
const LOOK_MS = 3_000

describe.each(VERSIONS)('y-websocket $name', (version) => {
  const world = useRelay(stock(version), { limits: { keepaliveMs: 150, tickMs: 50 } })

  test('[S5] who says nothing and reads what nobody writes stays connected', async () => {
    const ada = await world.join()
    ada.awareness.setLocalState(null)
    const { socket } = ada
    const sent: unknown[] = []
    const events: unknown[] = []
    socket.send = (data: unknown) => void sent.push(data)
    ada.awareness.on('update', (event: unknown) => events.push(event))
    for (let round = 0; round < 2; round++) {
      // As if it had heard nothing for nearly as long as it can bear.
      ada.provider.wsLastMessageReceived = Date.now() - (PATIENCE_MS - 100)
      await soon('the relay says something', nextFrame(ada, [1, 1, 0]))
      expect(Date.now() - ada.provider.wsLastMessageReceived).toBeLessThan(PATIENCE_MS / 2)
    }
    expect(ada.socket).toBe(socket)
    expect([sent, events]).toEqual([[], []])
  })
})

test('[S5] the relay speaks up twice before a stock client loses its patience', () => {
  const { keepaliveMs, tickMs } = DEFAULT_LIMITS
  expect(2 * (keepaliveMs + tickMs)).toBeLessThan(PATIENCE_MS - LOOK_MS)
})

/** Resolves when that frame has come and the provider has taken it. */
async function nextFrame(client: StockClient, bytes: readonly number[]): Promise<void> {
  await new Promise<void>((resolve) => {
    client.onFrame((frame) => {
      if (isDeepStrictEqual([...frame], bytes)) resolve()
    })
  })
}
