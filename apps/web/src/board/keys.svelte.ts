/** The board page's own keys and what they open; everything else is the editor's. */

export class PageKeys {
  /** The list of shortcuts is shown. */
  helpShown = $state(false)
  /** The history is open beside the board. */
  historyShown = $state(false)
  /** The frame times, for developers, are shown. */
  framesShown = $state(false)
  /** Opens the browser's file dialog; set by the one file input. */
  openFiles: () => void = () => {}

  /** True when the key was one of the page's. */
  press({ key, code, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    const mod = ctrlKey || metaKey
    if (key === '?' && !mod && !altKey) this.helpShown = true
    // With Alt a letter key may type something else; on an Apple it needs Shift too, see `HISTORY_KEYS`.
    else if (mod && altKey && code === 'KeyH') this.historyShown = !this.historyShown
    else if (mod && altKey && code === 'KeyP') this.framesShown = !this.framesShown
    else if (mod && !altKey && key.toLowerCase() === 'o') this.openFiles()
    // The browser would offer to save the page; the board is saved as it is drawn.
    else if (mod && !altKey && key.toLowerCase() === 's') return true
    else return false
    return true
  }
}
