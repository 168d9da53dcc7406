/** Addresses of the app as values. Pure; `navigation.svelte.ts` holds the current one. */

export type Route =
  | { readonly name: 'home' }
  | { readonly name: 'board'; readonly id: string }
  | { readonly name: 'missing'; readonly path: string }

const DOCUMENT_ID = /^[A-Za-z0-9._~-]{1,128}$/

/** What an address shows. A board's id is checked here, so that a bad link says so instead of failing later. */
export function parseRoute(path: string): Route {
  if (path === '/' || path === '/index.html') return { name: 'home' }
  const id = /^\/b\/([^/]+)\/?$/.exec(path)?.[1]
  return id !== undefined && isDocumentId(id) ? { name: 'board', id } : { name: 'missing', path }
}

/** The address of a board. */
export function boardPath(id: string): string {
  return `/b/${id}`
}

function isDocumentId(id: string): boolean {
  return DOCUMENT_ID.test(id) && id !== '.' && id !== '..'
}
