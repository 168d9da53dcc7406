/** Copy, cut and paste of shapes, text and pictures through the system's clipboard. */
import { Disposers, type Disposer } from '@kolam/base'
import { filesOf } from './import/files.ts'
import { isTyping } from './input/keyboard.ts'
import type { BoardSession } from './session.svelte.ts'

/** Listens on the whole page until the returned disposer is called. */
export function clipboard(session: BoardSession): Disposer {
  const disposers = new Disposers()
  const on = (name: 'copy' | 'cut' | 'paste', listener: (data: DataTransfer) => boolean): void => {
    const onEvent = (event: ClipboardEvent): void => {
      if (isTyping(event.target) || !event.clipboardData || hasSelectedText()) return
      if (listener(event.clipboardData)) event.preventDefault()
    }
    document.addEventListener(name, onEvent)
    disposers.add(() => document.removeEventListener(name, onEvent))
  }
  const copy = (data: DataTransfer): boolean => {
    const { front } = session
    if (front.selection.size === 0) return false
    data.setData('text/plain', front.copyShapes())
    return true
  }
  on('copy', copy)
  on('cut', (data) => copy(data) && session.front.run('delete'))
  // Into a version of the past nothing can be put.
  on('paste', (data) => session.past === null && paste(session, data))
  return () => disposers.dispose()
}

/** Pictures, our own shapes, another program's shapes or plain text, whichever it is first. */
function paste({ editor, importer, board }: BoardSession, data: DataTransfer): boolean {
  const files = filesOf(data)
  const text = data.getData('text/plain')
  if (files.length > 0) void importer.open(files)
  else if (board.readOnly || text.trim() === '') return false
  else if (editor.pasteShapes(text).length > 0) return true
  else if (/^\s*\{[^]*"excalidraw/.test(text)) {
    void importer.open([new File([text], 'the clipboard', { type: 'application/json' })])
  } else importer.writeText(text)
  return true
}

/** Somebody marked a message's text and wants that, not the shapes. */
function hasSelectedText(): boolean {
  return (getSelection()?.toString() ?? '') !== ''
}
