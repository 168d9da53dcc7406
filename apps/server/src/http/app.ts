/** The HTTP interface: which address leads where, and what every answer has in common. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { Assets } from '@kolam/persistence/assets'
import type { Log } from '@kolam/relay'
import type { HttpService } from '@kolam/relay/http'
import { Hono } from 'hono'
import type { Registry } from 'prom-client'
import type { Histories } from '../history/histories.ts'
import type { Health } from '../health.ts'
import { refusals, sendError, toApiError } from './api-error.ts'
import { serveAsset, uploadAsset } from './assets-api.ts'
import { type DocumentsApi, documentsApi } from './documents-api.ts'
import { historyApi } from './history-api.ts'
import { isAnswered, refuseHost } from './host.ts'
import { isAllowedOrigin } from './origin.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { trashApi } from './trash-api.ts'
import { createWebApp } from './web-app.ts'

/** What the routes need once the data is open. */
export interface Services extends DocumentsApi {
  readonly assets: Assets
  readonly histories: Histories
  readonly metrics: Registry
}

/** What the interface stands on. */
export interface HttpOptions {
  readonly webFolder: string
  readonly origins: readonly string[]
  /** Names the server answers to besides `localhost` and addresses; unless given, all. */
  readonly hosts?: readonly string[] | undefined
  readonly log: Log
  health(): Health
  /** Null while the data is not open. */
  services(): Services | null
  /** Lines over HTTP, whose door looks at host and origin itself; null while nobody may come in. */
  lines?(): HttpService | null
}

/** What Hono is given with each request. */
type Environment = { Bindings: HttpBindings }

/** Handles a request of the server. */
export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void

/** Names a request in its answer and in the log. */
const REQUEST_ID = 'x-request-id'

/** The handler of all requests; until the data is open it answers what needs none. */
export function createRequestListener(options: HttpOptions): RequestListener {
  const webApp = createWebApp(options.webFolder)
  const api = getRequestListener(createApi(options).fetch, { overrideGlobalObjects: false })
  return (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
    response.setHeader(REQUEST_ID, randomUUID())
    if (options.lines?.()?.answer(request, response)) return
    const isApi = isApiPath(request.url ?? '/')
    if (!isAnswered(request, options.hosts)) refuseHost(request, response, isApi)
    else if (isApi) void api(request, response)
    else webApp(request, response)
  }
}

function isApiPath(url: string): boolean {
  return /^\/(?:api|assets|sync|healthz|metrics)(?:[/?]|$)/.test(url)
}

function createApi(options: HttpOptions): Hono<Environment> {
  const api = createRoutes(options.log)
  let routes: Hono<Environment> | null = null
  api.use(async (context, next) => {
    if (!isAllowedOrigin(context.req, options.origins)) throw refusals.badOrigin()
    await next()
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store')
  })
  api.get('/healthz', (context) => {
    const health = options.health()
    return context.json(health, health.status === 'ok' ? 200 : 503)
  })
  api.all('*', (context) => {
    const services = options.services()
    if (!services) throw refusals.notReady('The server is not ready: try again in a moment')
    routes ??= serviceRoutes(services, options.log)
    return routes.fetch(context.req.raw, context.env)
  })
  return api
}

function serviceRoutes(services: Services, log: Log): Hono<Environment> {
  const { assets, metrics } = services
  const routes = createRoutes(log)
  routes.route('/api/documents', documentsApi(services))
  routes.route('/api/documents', historyApi(services.histories))
  routes.route('/api/trash', trashApi(services))
  routes.route('/api/assets', uploadAsset(assets))
  routes.route('/assets', serveAsset(assets))
  routes.get('/metrics', async (context) => {
    return context.body(await metrics.metrics(), 200, { 'content-type': metrics.contentType })
  })
  return routes
}

/** No routes yet, but the answers to what no route takes and to what a route throws. */
function createRoutes(log: Log): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.notFound((context) => sendError(context, refusals.noRoute()))
  routes.onError((error, context) => {
    const refusal = toApiError(error)
    const request = context.env.outgoing.getHeader(REQUEST_ID)
    const details = { request, path: context.req.path, error: `${error.name}: ${error.message}` }
    if (refusal.status >= 500) log.error('request failed', details)
    return sendError(context, refusal)
  })
  return routes
}
