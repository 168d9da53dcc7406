/** The built web app: its page for every address of a board, its files as they are. Builds nothing. */
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'
import { PAGE_POLICY } from './security-headers.ts'

/** Addresses the page answers itself; any other one gets it too, with 404, so that it can say so nicely. */
const PAGE_PATHS = /^\/(?:$|b\/[^/]+$)/

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Kolam</title>
<p>The web app is not built yet. Run <code>pnpm build</code>, then load this page again.</p></html>
`

/** Handles a request for the web app. */
export type WebApp = (request: IncomingMessage, response: ServerResponse) => void

/** Serves a folder. It may be built, or built anew, while the server runs. */
export function createWebApp(folder: string): WebApp {
  // `dev` means: look at the disk each time. A list made at the start would lie after the next build.
  const serveFile = sirv(folder, {
    dev: true,
    etag: true,
    extensions: [],
    setHeaders: setFileHeaders,
  })
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(response)
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (PAGE_PATHS.test(path) || path === '/index.html') return void sendPage(folder, response, 200)
    serveFile(request, response, () => sendMissing(folder, request, response))
  }
}

/** Files below `static/` carry a hash of their content in their name. */
function setFileHeaders(response: ServerResponse, path: string): void {
  const isHashed = path.startsWith('/static/')
  response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
}

async function sendPage(folder: string, response: ServerResponse, status: number): Promise<void> {
  const page = await readFile(join(folder, 'index.html')).catch(() => null)
  response.writeHead(page ? status : 503, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': PAGE_POLICY,
  })
  response.end(page ?? NOT_BUILT)
}

function sendMissing(folder: string, request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.accept?.includes('text/html')) return void sendPage(folder, response, 404)
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
  response.end('There is nothing at this address\n')
}

function refuseMethod(response: ServerResponse): void {
  response.writeHead(405, { allow: 'GET, HEAD', 'content-type': 'text/plain; charset=utf-8' })
  response.end('This address does not take that method\n')
}
