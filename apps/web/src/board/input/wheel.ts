/** The wheel and the trackpad, told to the editor in pixels. A trackpad's pinch arrives as a wheel with Control. */
import type { Disposer } from '@kolam/base'
import type { Editor } from '@kolam/editor'

/** What a line or a page of scrolling is in pixels. */
const LINE_PX = 16
const PAGE_PX = 800

/** Listens until the returned disposer is called; not passive, or the browser would zoom the page. */
export function listenToWheel(element: HTMLElement, editor: Editor): Disposer {
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    const { left, top } = element.getBoundingClientRect()
    const unit = event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? PAGE_PX : 1
    editor.wheel({
      at: { x: event.clientX - left, y: event.clientY - top },
      dx: event.deltaX * unit,
      dy: event.deltaY * unit,
      mod: event.ctrlKey || event.metaKey,
      shift: event.shiftKey,
    })
  }
  element.addEventListener('wheel', onWheel, { passive: false })
  return () => element.removeEventListener('wheel', onWheel)
}
