/** Where the app is: one current route over the history API. */
import { parseRoute, type Route } from './router.ts'

class Navigation {
  #route = $state.raw<Route>(parseRoute(location.pathname))

  constructor() {
    addEventListener('popstate', () => this.#read())
  }

  get route(): Route {
    return this.#route
  }

  go(path: string): void {
    history.pushState(null, '', path)
    this.#read()
  }

  #read(): void {
    this.#route = parseRoute(location.pathname)
  }
}

/** The one address bar of this tab. */
export const navigation = new Navigation()

/** For links: goes there without loading the page again, unless the person asks for a new tab. */
export function followLink(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  navigation.go(event.currentTarget.pathname)
}
