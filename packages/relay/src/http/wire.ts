/** Frames as records of a line over HTTP. */
import { encodeHttpMessages } from '@kolam/protocol'
import type { Wire } from '../peer.ts'

/** The one wire of all lines over HTTP. */
export const httpWire: Wire = { frame: encodeHttpMessages }
