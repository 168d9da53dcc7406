/**
 * Puts a floating element beside another one, inside the window, and keeps it there.
 *
 * The arithmetic is a library's; it is fetched when something floats for the first time, because no page
 * needs it to start.
 */
import type { Placement } from '@floating-ui/dom'
import type { Attachment } from 'svelte/attachments'

export interface Beside {
  readonly anchor: Element | null
  readonly placement: Placement
  /** Distance to the anchor in CSS pixels. */
  readonly gap?: number
}

/** Places the element with `position: fixed` beside the anchor for as long as it is on the page. */
export function beside(read: () => Beside): Attachment<HTMLElement> {
  return (element) => {
    const { anchor, placement, gap = 8 } = read()
    if (!anchor) return undefined
    let gone = false
    let stop = (): void => {}
    element.style.opacity = '0'
    const follow = async (): Promise<void> => {
      const floating = await import('@floating-ui/dom')
      if (gone) return
      const { offset, flip, shift } = floating
      const middleware = [offset(gap), flip({ padding: 8 }), shift({ padding: 8 })]
      const place = async (): Promise<void> => {
        const options = { placement, strategy: 'fixed' as const, middleware }
        const { x, y } = await floating.computePosition(anchor, element, options)
        element.style.translate = `${Math.round(x)}px ${Math.round(y)}px`
        element.style.opacity = ''
      }
      stop = floating.autoUpdate(anchor, element, () => void place())
    }
    void follow()
    return () => {
      gone = true
      stop()
    }
  }
}
