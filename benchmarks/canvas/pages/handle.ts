/** What a page of a peer tells the benchmark; Kolam's own page tells it by its attributes instead. */

export interface Camera {
  /** The page point at the top left of the window. */
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** Set on `window.peer` as soon as the peer is mounted. */
export interface PeerHandle {
  shapes(): number
  selected(): number
  camera(): Camera
  /** Places of all shapes, to tell afterwards which have moved. */
  places(): Readonly<Record<string, readonly [x: number, y: number]>>
}

declare global {
  interface Window {
    peer?: PeerHandle
    EXCALIDRAW_ASSET_PATH?: string
  }
}

/** The camera in the address: `?x=…&y=…&zoom=…`. */
export function cameraAsked(): Camera {
  const asked = new URLSearchParams(location.search)
  return { x: Number(asked.get('x')), y: Number(asked.get('y')), zoom: Number(asked.get('zoom')) }
}

/** The scene, as text; `bench:bytes` is the moment it is there. */
export async function sceneText(): Promise<string> {
  const answer = await fetch(`/scene/${new URLSearchParams(location.search).get('scene')}`)
  const text = await answer.text()
  performance.mark('bench:bytes')
  return text
}

/** Where the peer is shown. */
export function rootElement(): HTMLElement {
  const root = document.querySelector<HTMLElement>('#root')
  if (!root) throw new Error('The page has no #root')
  return root
}
