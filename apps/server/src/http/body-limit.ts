/** Refuses bodies that are too large before they are read into memory. */
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { refusals, sendError } from './api-error.ts'

/** A middleware that answers 413 to anything larger. */
export function limitBody(bytesMax: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: bytesMax,
    onError: (context) => sendError(context, refusals.tooLarge(bytesMax)),
  })
}
