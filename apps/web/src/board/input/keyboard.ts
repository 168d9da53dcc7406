/** The page's keys, told to the editor unless somebody types, a menu is open, or a button wants them. */
import { Disposers, type Disposer } from '@kolam/base'
import type { Editor, KeyInput } from '@kolam/editor'
import { modifiers } from './modifiers.ts'

export interface KeyboardOptions {
  readonly editor: Editor
  /** The page's own keys, asked first; true when it was one. */
  readonly first: (event: KeyboardEvent) => boolean
  readonly moved: () => void
  /** False while something else has the keys. */
  readonly isAwake: () => boolean
}

/** Listens on the whole page until the returned disposer is called. */
export function listenToKeys({ editor, first, moved, isAwake }: KeyboardOptions): Disposer {
  const disposers = new Disposers()
  const on = <K extends keyof WindowEventMap>(
    name: K,
    listener: (event: WindowEventMap[K]) => void,
  ): void => {
    window.addEventListener(name, listener)
    disposers.add(() => window.removeEventListener(name, listener))
  }
  on('keydown', (event) => {
    if (!isAwake() || event.isComposing || event.defaultPrevented || isTaken(event)) return
    if (first(event) || editor.keyDown(keyInput(event))) event.preventDefault()
    moved()
  })
  on('keyup', (event) => {
    editor.keyUp(keyInput(event))
    moved()
  })
  on('blur', () => editor.blur())
  return () => disposers.dispose()
}

/** True where a person types text: the browser keeps these keys. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('textarea, select, input:not([type="range"])')
}

/** Keys a focused control understands by itself. */
const CONTROL_KEYS = new Set([
  ' ',
  'Enter',
  'Tab',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
])

function isTaken({ target, key }: KeyboardEvent): boolean {
  if (isTyping(target) || document.querySelector(':popover-open, dialog[open]')) return true
  return target instanceof HTMLElement && target !== document.body && CONTROL_KEYS.has(key)
}

function keyInput(event: KeyboardEvent): KeyInput {
  const { key, code, repeat } = event
  return { key, code, repeat, ...modifiers(event) }
}
