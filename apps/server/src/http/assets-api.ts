/** Images people bring: taking them in and giving them out. Never changes one. */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import {
  AssetError,
  type AssetErrorCode,
  type Assets,
  type StoredAsset,
} from '@kolam/persistence/assets'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ApiError, refusals } from './api-error.ts'
import { limitBody } from './body-limit.ts'
import { ASSET_POLICY } from './security-headers.ts'

const STATUS: Readonly<Record<AssetErrorCode, ContentfulStatusCode>> = {
  empty: 400,
  'too-large': 413,
  type: 415,
  full: 507,
  'read-only': 507,
  unavailable: 503,
}

/** `POST /api/assets`: the body is the image. */
export function uploadAsset(assets: Assets): Hono {
  return new Hono().post('/', limitBody(assets.bytesMax), async (context) => {
    const bytes = new Uint8Array(await context.req.arrayBuffer())
    return context.json(await assets.put(bytes).catch(refuse), 201)
  })
}

/** `GET /assets/:id`: the image, which never changes under its name. */
export function serveAsset(assets: Assets): Hono {
  return new Hono().get('/:id', async (context) => {
    const asset = await assets.get(context.req.param('id'))
    if (!asset) throw refusals.noAsset()
    setHeaders(context, asset)
    if (context.req.header('if-none-match') === `"${asset.id}"`) return context.body(null, 304)
    context.header('content-length', String(asset.size))
    // A stream nobody reads would keep its file open.
    if (context.req.method === 'HEAD') return context.body(null)
    return context.body(Readable.toWeb(createReadStream(asset.path)) as ReadableStream)
  })
}

function setHeaders(context: Context, { id, type }: StoredAsset): void {
  context.header('content-type', type)
  context.header('content-security-policy', ASSET_POLICY)
  context.header('cache-control', 'public, max-age=31536000, immutable')
  context.header('etag', `"${id}"`)
}

function refuse(error: unknown): never {
  if (error instanceof AssetError) throw new ApiError(STATUS[error.code], error.code, error.message)
  throw error
}
