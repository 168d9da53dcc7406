/** The keys held during an event, as the editor names them. Pure. */
import type { Modifiers } from '@kolam/editor'

type Held = Pick<KeyboardEvent, 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>

/** `mod` is Command on a Mac and Control elsewhere; either is taken on both. */
export function modifiers({ shiftKey, altKey, ctrlKey, metaKey }: Held): Modifiers {
  return { shift: shiftKey, alt: altKey, mod: ctrlKey || metaKey }
}
