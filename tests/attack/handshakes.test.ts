/** Connections that take their time, or all of it: half a request, a byte now and then, nothing at all. */
import { describe, expect, testOfRelay, testOfServer } from './support/attack-test.ts'
import { bytesOf } from './support/bytes.ts'
import { frameOf } from './support/frame.ts'
import { RawSocket, upgradeRequest } from './support/raw-socket.ts'
import { DOCUMENT, type Scene } from './support/scene.ts'
import { turn } from './support/waiting.ts'

const PATH = `/sync/${DOCUMENT}`
const CROWD = 100

describe('slow handshakes', () => {
  const test = testOfServer()

  test('a request that comes byte by byte is served, one that never ends is not', async ({
    scene,
  }) => {
    const [patient, stingy] = [await crowd(scene), await crowd(scene)]
    for (const byte of upgradeRequest(PATH).slice(0, -1)) {
      for (const raw of [...patient, ...stingy]) raw.write(byte)
      await turn()
    }
    await scene.goesOn()
    expect((await scene.target.fullness()).sessions).toBe(2)
    for (const raw of patient) raw.write('\n')
    expect(await Promise.all(patient.map((raw) => raw.status()))).toEqual(patient.map(() => 101))
    for (const raw of patient) raw.write(frameOf(Uint8Array.of(99)))
    expect(await Promise.all(patient.map((raw) => raw.closeCode()))).toEqual(
      patient.map(() => 4400),
    )
  })

  test('connections that say nothing take nothing', async ({ scene }) => {
    const silent = [...(await crowd(scene)), ...(await crowd(scene)), ...(await crowd(scene))]
    await scene.goesOn(3)
    expect(silent.filter(({ socket }) => !socket.destroyed)).not.toEqual([])
    expect((await scene.target.fullness()).sessions).toBe(2)
  })

  test('headers without end are refused', async ({ scene }) => {
    const raw = scene.welcome(await RawSocket.connect(scene.target.port))
    raw.write(upgradeRequest(PATH).slice(0, -2))
    const status = raw.status()
    for (let i = 0; !raw.socket.destroyed && i < 10_000; i++) {
      raw.write(`X-${i}: ${'x'.repeat(20)}\r\n`)
      await turn()
    }
    expect(await status).toBe(431)
  })

  test('a server that stops does not wait for them', async ({ scene }) => {
    const halves = [await uninvited(scene), await uninvited(scene), await uninvited(scene)]
    halves[0]!.write(upgradeRequest(PATH).slice(0, 40))
    halves[1]!.write('GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n')
    await scene.goesOn()
    await scene.end()
    await Promise.all(halves.map((raw) => raw.ended))
  })
})

describe('silence after the handshake', () => {
  const test = testOfRelay({ limits: { firstFrameMs: 300, tickMs: 50 } })

  test('is closed with 4408', async ({ scene }) => {
    const silent = await Promise.all(
      Array.from({ length: CROWD }, () => RawSocket.upgraded(scene.target.port, PATH)),
    )
    for (const raw of silent) scene.welcome(raw)
    const codes = await Promise.all(silent.map((raw) => raw.closeCode()))
    expect(codes).toEqual(codes.map(() => 4408))
    expect((await scene.target.fullness()).sessions).toBe(2)
  })

  test('is still silence where a frame never gets whole', async ({ scene }) => {
    const raw = scene.welcome(await RawSocket.upgraded(scene.target.port, PATH))
    const code = raw.closeCode()
    const endless = frameOf(bytesOf(1), { claimedLength: 1_000_000n })
    for (const byte of endless) raw.write(Uint8Array.of(byte))
    expect(await code).toBe(4408)
  })
})

/** Many connections that have said nothing yet. */
async function crowd(scene: Scene): Promise<RawSocket[]> {
  const raws = await Promise.all(
    Array.from({ length: CROWD }, () => RawSocket.connect(scene.target.port)),
  )
  return raws.map((raw) => scene.welcome(raw))
}

/** A connection that does not leave by itself when the attack is over. */
function uninvited(scene: Scene): Promise<RawSocket> {
  return RawSocket.connect(scene.target.port)
}
