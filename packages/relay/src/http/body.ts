/** The body of a request, whole or not at all. */
import type { IncomingMessage } from 'node:http'

/** Its bytes, or why there are none: it was too large, or ended before its end. */
export type Body = Uint8Array | 'too-large' | 'broken'

/** Reads no more than `bytesMax`; never rejects. */
export function readBody(request: IncomingMessage, bytesMax: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) return Promise.resolve('too-large')
  const chunks: Buffer[] = []
  let bytes = 0
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= bytesMax) chunks.push(chunk)
      else resolve('too-large')
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', () => resolve('broken'))
    request.on('close', () => resolve('broken'))
    if (request.destroyed) resolve('broken')
  })
}
