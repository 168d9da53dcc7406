/** How patient an HTTP server is with those who send their request slowly, or not at all. */
import type { ServerOptions } from 'node:http'
import { DEFAULT_LIMITS, type Limits } from '../limits.ts'

/** How often Node looks for those who are too slow, within `handshakeMs`. */
const LOOKS = 10

/**
 * Options for `createServer`: who has not sent all headers of a request within `handshakeMs` is cut. Node's own default
 * is a minute, looked after every half minute. How long a body may take is left alone, for uploads may be large, and
 * an upgrade has none.
 */
export function handshakeServerOptions({
  handshakeMs,
}: Pick<Limits, 'handshakeMs'> = DEFAULT_LIMITS): Required<
  Pick<ServerOptions, 'headersTimeout' | 'connectionsCheckingInterval'>
> {
  const connectionsCheckingInterval = Math.ceil(handshakeMs / LOOKS)
  // 0 would be for ever.
  const headersTimeout = Math.max(1, handshakeMs - connectionsCheckingInterval)
  return { headersTimeout, connectionsCheckingInterval }
}
