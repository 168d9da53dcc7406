/** Pictures with soft colours, of a few dozen kilobytes each. */
import { crc32, deflateSync } from 'node:zlib'
import { between, type Random } from './chance.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const BITS = 8
const RGB = 2
const CHANNELS = 3
/** Each byte is told as its difference from the pixel before, which soft colours make small. */
const SUB = 1

/** A PNG of so many pixels. */
export function pngOf({ w, h }: { w: number; h: number }, random: Random): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(w, 0)
  header.writeUInt32BE(h, 4)
  header.set([BITS, RGB, 0, 0, 0], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels(w, h, random))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Each row begins with its filter. */
function pixels(w: number, h: number, random: Random): Buffer {
  const rows = Buffer.alloc(h * (1 + w * CHANNELS))
  const waves = Array.from({ length: CHANNELS }, () => ({
    across: between(random, 0.5, 4),
    down: between(random, 0.5, 4),
    phase: between(random, 0, 6),
  }))
  let at = 0
  for (let y = 0; y < h; y++) {
    rows[at++] = SUB
    const before = waves.map(() => 0)
    const phases = waves.map(({ down, phase }) => phase + Math.cos((down * y) / h) * 2)
    for (let x = 0; x < w; x++) {
      for (let channel = 0; channel < CHANNELS; channel++) {
        const wave = Math.sin(phases[channel]! + (waves[channel]!.across * x) / w)
        const value = Math.round(128 + wave * 110)
        rows[at++] = (value - before[channel]!) & 0xff
        before[channel] = value
      }
    }
  }
  return rows
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}
