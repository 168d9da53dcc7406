/** Lets the browser open the app without a network. Only a built app has the worker, and only safe origins may have one. */

/** Registers the worker when the page has nothing more urgent to load. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const register = (): void => {
    // Without it the app works as long as there is a network; nobody needs to be told.
    void navigator.serviceWorker.register('/sw.js').catch(() => undefined)
  }
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}
