/**
 * Where a tab looked at a board, kept for a reload; a board opened anew shows all there is.
 *
 * Never moves the view of somebody who has already moved it.
 */
import { Disposers, type Disposer } from '@kolam/base'
import type { Editor } from '@kolam/editor'
import type { Camera } from '@kolam/geometry'
import type { BoardSession } from './session.svelte.ts'

/** The camera in stored text, or null when it is none. */
export function readCamera(text: string | null): Camera | null {
  try {
    const { x, y, zoom } = JSON.parse(text ?? '{}') as Record<string, unknown>
    const all = [x, y, zoom].every((value) => typeof value === 'number' && Number.isFinite(value))
    return all ? ({ x, y, zoom } as Camera) : null
  } catch {
    return null
  }
}

/** Puts the camera where it was, or around everything once the board has arrived; keeps it from then on. */
export function keepCamera({ id, editor, client, keeping }: BoardSession): Disposer {
  const key = `kolam:camera:${id}`
  const kept = readCamera(stored(key))
  const disposers = new Disposers()
  if (kept) editor.setCamera(kept)
  const first = editor.camera
  let isOpened = false
  const open = (opened: boolean): void => {
    // A line that was lost and came back is no reason to look elsewhere.
    if (isOpened) return
    isOpened = opened
    const untouched = !kept && isSame(editor.camera, first)
    if (opened && untouched && editor.board.size > 0) disposers.add(fit(editor))
  }
  disposers.add(client.on('synced', open))
  keeping.onRead(() => open(keeping.found))
  const keep = (): void => store(key, JSON.stringify(editor.camera))
  addEventListener('pagehide', keep)
  disposers.add(() => removeEventListener('pagehide', keep))
  disposers.add(keep)
  return () => disposers.dispose()
}

/** Around all that is here; of a big board that is a sample at first, so once more when all is. */
function fit(editor: Editor): Disposer {
  const { board } = editor
  editor.zoomToFit()
  const fitted = editor.camera
  const stop = board.on('loading', () => {
    if (board.loading !== null) return
    stop()
    if (isSame(editor.camera, fitted)) editor.zoomToFit()
  })
  if (board.loading === null) stop()
  return stop
}

function isSame(a: Camera, b: Camera): boolean {
  return a.x === b.x && a.y === b.y && a.zoom === b.zoom
}

function stored(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}

function store(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text)
  } catch {
    // Storage is forbidden or full: the next load shows everything.
  }
}
