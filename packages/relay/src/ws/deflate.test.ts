import { deflateRawSync } from 'node:zlib'
import { encodeMessage } from '@kolam/protocol'
import { describe, expect, test } from 'vitest'
import { editing, edit, NOTHING } from '../testing/index.ts'
import { deflateSettings, isAcceptableOffer } from './deflate.ts'
import { Client, RawClient, serve, type ServedOptions } from './testing/index.ts'

const EXTENSIONS = 'Sec-WebSocket-Extensions'

/** What a server with these settings answers to an offer. */
async function negotiate(deflate: ServedOptions['deflate'], offer: string) {
  const { port } = await serve({ deflate: deflate ?? false })
  const raw = await RawClient.upgrade(port, '/sync/doc', { [EXTENSIONS]: offer })
  return [raw.status, raw.header(EXTENSIONS)]
}

/** A frame as a client sends it, its mask all zeros; RSV1 says that it is compressed. */
function compressedFrame(bytes: Uint8Array): Buffer {
  const body = deflateRawSync(bytes, { finishFlush: 2 }).subarray(0, -4)
  const head = Buffer.alloc(14)
  head[0] = 0xc2
  head[1] = 0x80 | 127
  head.writeUInt32BE(body.length, 6)
  return Buffer.concat([head, body])
}

/** The first bytes of all whole frames a server sent: FIN, RSV1 and so on, opcode. */
function frameHeads(bytes: Buffer): number[] {
  const heads: number[] = []
  for (let at = 0; at + 10 <= bytes.length;) {
    const short = bytes[at + 1]!
    const sizes = { 126: 4 + bytes.readUInt16BE(at + 2), 127: 10 + bytes.readUInt32BE(at + 6) }
    const size = short < 126 ? 2 + short : sizes[short as 126 | 127]
    if (at + size <= bytes.length) heads.push(bytes[at]!)
    at += size
  }
  return heads
}

describe('permessage-deflate', () => {
  test('[H13] is off unless asked for', async () => {
    expect(await negotiate(undefined, 'permessage-deflate')).toEqual([101, undefined])
  })

  test.each<[string, string | undefined]>([
    ['permessage-deflate', 'permessage-deflate'], // Firefox
    ['permessage-deflate; client_max_window_bits', 'permessage-deflate'], // Chromium
    [
      'permessage-deflate; server_max_window_bits=10',
      'permessage-deflate; server_max_window_bits=10',
    ],
    ['x-webkit-deflate-frame', undefined],
    ['permessage-deflate; client_max_window_bits=99', undefined],
    ['permessage-deflate; what=1', undefined],
    ['permessage-deflate; what=1, permessage-deflate', undefined],
    [';;;', undefined],
  ])('[H13] offered "%s" it is agreed on as "%s"', async (offer, agreed) => {
    expect(await negotiate({}, offer)).toEqual([101, agreed])
    expect(await negotiate({ windowBits: 15 }, offer)).toEqual([101, agreed])
  })

  test.each<[string, string | undefined]>([
    [
      'permessage-deflate; client_max_window_bits',
      'permessage-deflate; client_max_window_bits=10; server_max_window_bits=10',
    ],
    [
      'permessage-deflate; client_max_window_bits=15; server_max_window_bits=12',
      'permessage-deflate; client_max_window_bits=10; server_max_window_bits=10',
    ],
    // It cannot be told to use a smaller window, so it is served without compression.
    ['permessage-deflate', undefined],
    ['permessage-deflate; client_max_window_bits; server_max_window_bits=9', undefined],
    ['permessage-deflate, permessage-deflate; client_max_window_bits', 'permessage-deflate; client_max_window_bits=10; server_max_window_bits=10'], // prettier-ignore
  ])(
    '[H13] offered "%s" with windows of 10 bits it is agreed on as "%s"',
    async (offer, agreed) => {
      expect(await negotiate({ windowBits: 10 }, offer)).toEqual([101, agreed])
    },
  )

  test.each([8, 16, 9.5, NaN, '12'])('[H13] a window of %s bits is refused', (windowBits) => {
    const settings = () => deflateSettings({ windowBits: windowBits as number })
    expect(settings).toThrow(`windowBits ${windowBits}: allowed are 9 to 15`)
  })

  test('[H13] an offer is looked at by the settings', () => {
    expect(isAcceptableOffer(undefined, {})).toBe(false)
    expect(isAcceptableOffer('', {})).toBe(false)
  })

  test('[H13] what clients compress is understood, what the relay sends is not compressed', async () => {
    const { port, url, store } = await serve({ deflate: { windowBits: 9 } })
    const raw = await RawClient.upgrade(port, '/sync/doc', {
      [EXTENSIONS]: 'permessage-deflate; client_max_window_bits',
    })
    expect(raw.header(EXTENSIONS)).toBeDefined()
    const ada = await Client.join(`${url}doc`, [], { perMessageDeflate: { threshold: 0 } })
    expect(ada.socket.extensions).toBe('permessage-deflate')
    ada.say(...[0, 1, 2].map((clock) => editing(1, clock)), { type: 'step1', stateVector: NOTHING })
    await ada.until(() => ada.of('update', 'step2').length === 4)
    expect((await store.open('doc')).updates).toEqual([0, 1, 2].map((clock) => edit(1, clock)))
    await raw.until(() => frameHeads(raw.body).length >= 3)
    expect(frameHeads(raw.body).slice(0, 3)).toEqual([0x82, 0x82, 0x82])
  })

  test('[H13] a small frame that becomes a large one is closed with 1009, and harms nobody', async () => {
    const { port, url } = await serve({ deflate: {}, limits: { frameBytesMax: 100_000 } })
    const bob = await Client.join(`${url}doc`)
    const raw = await RawClient.upgrade(port, '/sync/doc', { [EXTENSIONS]: 'permessage-deflate' })
    raw.socket.write(compressedFrame(Buffer.alloc(20_000_000)))
    await raw.until(() => raw.body.includes(Buffer.from([0x88, 0x02, 1009 >> 8, 1009 & 255])))
    expect(raw.body.subarray(-4)).toEqual(Buffer.from([0x88, 0x02, 1009 >> 8, 1009 & 255]))
    await bob.ping(1)
  })

  test('[H13] what cannot be decompressed closes its sender with 1007, and harms nobody', async () => {
    const { port, url } = await serve({ deflate: {} })
    const bob = await Client.join(`${url}doc`)
    const raw = await RawClient.upgrade(port, '/sync/doc', { [EXTENSIONS]: 'permessage-deflate' })
    const frame = compressedFrame(encodeMessage(editing(1, 0)))
    frame.fill(0xff, 14)
    raw.socket.write(frame)
    await raw.closed
    expect(raw.body.includes(Buffer.from([1007 >> 8, 1007 & 255]))).toBe(true)
    await bob.ping(1)
  })
})
