/** WebSocket itself abused: frames no client may send, and sound ones that never come to an end. */
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import { bytesOf } from './support/bytes.ts'
import { frameOf } from './support/frame.ts'
import { RawSocket } from './support/raw-socket.ts'
import { DOCUMENT, type Scene } from './support/scene.ts'

const test = testOfRelay()

const NOTHING = new Uint8Array()
const SOME = Uint8Array.of(100, 7)
const NO_UTF8 = Uint8Array.of(0xc3, 0x28)

const TEXT = 1
const CONTINUATION = 0
const CLOSE = 8
const PING = 9
const PONG = 10
const RESERVED = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]

/** What is against RFC 6455, and the code the sender is closed with. */
const BREACHES: Readonly<Record<string, readonly [code: number, frames: readonly Buffer[]]>> = {
  'a frame without a mask': [1002, [frameOf(SOME, { masked: false })]],
  'a ping of 126 bytes': [1002, [frameOf(new Uint8Array(126), { opcode: PING })]],
  'a ping that claims 2^62 bytes': [
    1002,
    [frameOf(NOTHING, { opcode: PING, claimedLength: 2n ** 62n })],
  ],
  'a pong of 126 bytes': [1002, [frameOf(new Uint8Array(126), { opcode: PONG })]],
  'a ping in pieces': [1002, [frameOf(SOME, { opcode: PING, fin: false })]],
  'a close in pieces': [1002, [frameOf(NOTHING, { opcode: CLOSE, fin: false })]],
  'a close of one byte': [1002, [frameOf(Uint8Array.of(3), { opcode: CLOSE })]],
  'a close that is too long': [1002, [frameOf(new Uint8Array(126), { opcode: CLOSE })]],
  'a close with the code 1005': [1002, [closeFrame(1005)]],
  'a close with the code 999': [1002, [closeFrame(999)]],
  'a close with the code 65535': [1002, [closeFrame(65_535)]],
  'a close with a reason that is no text': [1007, [closeFrame(1000, NO_UTF8)]],
  'text that is none': [1007, [frameOf(NO_UTF8, { opcode: TEXT })]],
  'a continuation of nothing': [1002, [frameOf(SOME, { opcode: CONTINUATION })]],
  'a second beginning': [1002, [frameOf(SOME, { fin: false }), frameOf(SOME)]],
  'a compressed frame': [1002, [frameOf(SOME, { reserved: 4 })]],
  ...Object.fromEntries(
    [1, 2, 3, 7].map((bits) => [`the reserved bits ${bits}`, breach({ reserved: bits })]),
  ),
  ...Object.fromEntries(RESERVED.map((opcode) => [`the opcode ${opcode}`, breach({ opcode })])),
}

describe('frames', () => {
  test('a breach of the protocol closes its sender', async ({ scene }) => {
    const codes: [string, number | null][] = []
    for (const [name, [, frames]] of Object.entries(BREACHES)) {
      const raw = await come(scene)
      for (const frame of frames) raw.write(frame)
      codes.push([name, await raw.closeCode()])
    }
    const expected = Object.entries(BREACHES).map(([name, [code]]) => [name, code])
    expect(Object.fromEntries(codes)).toEqual(Object.fromEntries(expected))
  })

  test.for([
    ['empty', NOTHING],
    ['of one byte', Uint8Array.of(100)],
  ] as const)('a message in endless pieces that are %s ends', async ([, piece], { scene }) => {
    const raw = await come(scene)
    raw.write(frameOf(piece, { fin: false }))
    const more = Buffer.concat(
      Array.from({ length: 1_000 }, () => frameOf(piece, { fin: false, opcode: CONTINUATION })),
    )
    const code = raw.closeCode()
    let pieces = 0
    while (!raw.socket.destroyed && pieces < 1_000_000) {
      raw.write(more)
      pieces += 1_000
      await raw.drained()
      await scene.goesOn()
    }
    expect(await code).toBe(1008)
  })

  test('a message in pieces with pings between them is one message', async ({ scene }) => {
    const raw = await come(scene)
    const [first, last] = [SOME.subarray(0, 1), SOME.subarray(1)]
    raw.write(frameOf(first, { fin: false }))
    for (let i = 0; i < 20; i++) raw.write(frameOf(Uint8Array.of(i), { opcode: PING }))
    raw.write(frameOf(last, { opcode: CONTINUATION }))
    raw.write(frameOf(Uint8Array.of(99)))
    expect(await raw.closeCode(), 'only the last message is bad').toBe(4400)
  })

  test('frames that come byte by byte are frames', async ({ scene }) => {
    const raw = await come(scene)
    for (const byte of frameOf(Uint8Array.of(99))) {
      raw.write(Uint8Array.of(byte))
      await raw.drained()
    }
    expect(await raw.closeCode()).toBe(4400)
  })

  test('what is said after closing is not heard, and not answering a close keeps nobody', async ({
    scene,
  }) => {
    const raw = await come(scene)
    raw.write(frameOf(Uint8Array.of(99)))
    expect(await raw.closeCode()).toBe(4400)
    for (let i = 0; i < 100; i++) raw.write(frameOf(SOME))
    await scene.goesOn(2)
    expect((await scene.target.fullness()).sessions).toBe(2)
  })
})

async function come(scene: Scene): Promise<RawSocket> {
  return scene.welcome(await RawSocket.upgraded(scene.target.port, `/sync/${DOCUMENT}`))
}

function closeFrame(code: number, reason: Uint8Array = NOTHING): Buffer {
  return frameOf(bytesOf(code >> 8, code & 0xff, reason), { opcode: CLOSE })
}

function breach(shape: { reserved?: number; opcode?: number }): [number, Buffer[]] {
  return [1002, [frameOf(SOME, shape)]]
}
