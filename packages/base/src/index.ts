/** What every Kolam package stands on: lifetimes, events, time, chance and text. */

export { assert, exhaustive } from './assert.ts'
export { Backoff, type BackoffOptions } from './backoff.ts'
export { type Clock, systemClock } from './clock.ts'
export { type Disposer, Disposers } from './disposers.ts'
export { Emitter, type EventMap } from './emitter.ts'
export { ManualClock } from './manual-clock.ts'
export { type Random, seededRandom, systemRandom } from './random.ts'
export { once } from './once.ts'
export { randomId } from './random-id.ts'
export { TokenBucket, type TokenBucketOptions } from './token-bucket.ts'
export { utf8Decode, utf8Encode } from './utf8.ts'
