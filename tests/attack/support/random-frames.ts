/** Frames by chance: noise, sound frames that were damaged, and sound beginnings with anything behind them. */
import type { Random } from '@kolam/base'
import { encodeMessage } from '@kolam/protocol'
import { bytesOf, noise, oneOf, pick, varBytes } from './bytes.ts'
import { bodiedMessages, bodyOf, validFrames, withBody } from './valid-messages.ts'

/** Of many clients, or all documents after the first would be known already. */
const CLIENTS = Array.from({ length: 200 }, (_, i) => i + 1)
const VALID = CLIENTS.flatMap((clientId) => validFrames(clientId))
const BODIED = CLIENTS.flatMap((clientId) => bodiedMessages(clientId))

/** Type bytes that exist, those of the sync messages with their second one. */
const HEADS = [[0, 0], [0, 1], [0, 2], [1], [2], [3], [100], [101], [102], [103], [104], [105]]

/** No message of the wire needs to be longer for every branch to be reached. */
const NOISE_BYTES_MAX = 120

/** Any frame. */
export function randomFrame(random: Random): Uint8Array {
  const make = oneOf(random, [pureNoise, headWithNoise, headWithBody, damagedFrame, damagedBody])
  return make(random)
}

function pureNoise(random: Random): Uint8Array {
  return noise(random, pick(random, NOISE_BYTES_MAX))
}

function headWithNoise(random: Random): Uint8Array {
  return bytesOf(oneOf(random, HEADS), pureNoise(random))
}

/** The length is right, so that the body is looked into. */
function headWithBody(random: Random): Uint8Array {
  return bytesOf(oneOf(random, HEADS), varBytes(pureNoise(random)))
}

function damagedFrame(random: Random): Uint8Array {
  return damaged(random, oneOf(random, VALID))
}

/** The frame around the damage is sound, so that the damage is looked into. */
function damagedBody(random: Random): Uint8Array {
  const message = oneOf(random, BODIED)
  return encodeMessage(withBody(message, damaged(random, bodyOf(message))))
}

function damaged(random: Random, bytes: Uint8Array): Uint8Array {
  let frame = bytes
  for (let left = 1 + pick(random, 3); left > 0; left--) {
    frame = oneOf(random, [flipped, flipped, inserted, removed, spliced, doubled])(random, frame)
  }
  return frame
}

function flipped(random: Random, frame: Uint8Array): Uint8Array {
  const at = pick(random, frame.length)
  const bit = 1 << pick(random, 8)
  return frame.map((byte, i) => (i === at ? byte ^ bit : byte))
}

function inserted(random: Random, frame: Uint8Array): Uint8Array {
  const at = pick(random, frame.length + 1)
  return bytesOf(frame.subarray(0, at), noise(random, 1 + pick(random, 4)), frame.subarray(at))
}

function removed(random: Random, frame: Uint8Array): Uint8Array {
  const at = pick(random, frame.length)
  return bytesOf(frame.subarray(0, at), frame.subarray(at + 1 + pick(random, 4)))
}

/** Begins as one frame and ends as another. */
function spliced(random: Random, frame: Uint8Array): Uint8Array {
  const other = oneOf(random, VALID)
  return bytesOf(
    frame.subarray(0, pick(random, frame.length + 1)),
    other.subarray(pick(random, other.length)),
  )
}

function doubled(random: Random, frame: Uint8Array): Uint8Array {
  const at = pick(random, frame.length)
  const end = at + 1 + pick(random, 16)
  return bytesOf(frame.subarray(0, end), frame.subarray(at))
}
