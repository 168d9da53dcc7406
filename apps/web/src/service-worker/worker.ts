/**
 * The service worker: serves the app where there is no network. It knows no board: those are in IndexedDB, and what
 * goes to the API and to sync goes by. Built into `/sw.js` by `build/service-worker.ts`, which fills in the build.
 */
import { picture } from './pictures.ts'
import { handlingOf } from './routes.ts'
import { type Build, fresh, fromCache, PAGE, store, tidy } from './shell.ts'

declare const KOLAM_BUILD: Build

/** The parts of the worker's scope that are used; the page's types do not know it. */
interface Scope {
  readonly location: { readonly origin: string }
  skipWaiting(): Promise<void>
  addEventListener(
    name: 'install' | 'activate',
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void
  addEventListener(
    name: 'fetch',
    listener: (event: { request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void
}

const scope = globalThis as unknown as Scope

// Pages that are open keep the files they began with, so a new build may take over at once: it serves the next page.
scope.addEventListener('install', (event) => {
  event.waitUntil(store(KOLAM_BUILD).then(() => scope.skipWaiting()))
})
scope.addEventListener('activate', (event) => event.waitUntil(tidy(KOLAM_BUILD)))
scope.addEventListener('fetch', (event) => {
  const answer = answerTo(event.request)
  if (answer) event.respondWith(answer)
})

function answerTo(request: Request): Promise<Response> | null {
  const build = KOLAM_BUILD
  switch (handlingOf(request, scope.location.origin)) {
    case 'page':
      return fresh(request, { name: PAGE, build })
    case 'fresh':
      return fresh(request, { name: new URL(request.url).pathname, build })
    case 'file':
      return fromCache(request)
    case 'picture':
      return picture(request)
    case 'none':
      return null
  }
}
