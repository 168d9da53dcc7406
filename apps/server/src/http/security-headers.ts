/** The headers that tell browsers what Kolam's pages never do. */

/** On every answer. */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'SAMEORIGIN',
} as const

/** On pages: everything comes from this server, nothing runs that is written into a page. */
export const PAGE_POLICY = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self' ws: wss:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ')

/** On images people brought: an SVG opened by itself may style itself and do nothing else. */
export const ASSET_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
