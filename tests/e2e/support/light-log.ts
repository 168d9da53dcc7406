/** What the save light says in a tab from now on, in order, also what is too short for anybody to see. */
import type { BoardPage, SaveState } from './board-page.ts'

/** The words beside the light since a moment, in milliseconds of the machine's clock. */
export interface LightWords {
  readonly atMs: number
  readonly text: string
}

interface Kept {
  readonly values: SaveState[]
  readonly words: LightWords[]
}

export class LightLog {
  readonly #tab: BoardPage

  private constructor(tab: BoardPage) {
    this.#tab = tab
  }

  /** Begins with what it says now. */
  static async of(tab: BoardPage): Promise<LightLog> {
    const light = await tab.light.elementHandle()
    await tab.root.evaluate(begin, light)
    return new LightLog(tab)
  }

  /** All values of `data-save` so far. */
  async values(): Promise<SaveState[]> {
    return (await this.#kept()).values
  }

  async words(): Promise<LightWords[]> {
    return (await this.#kept()).words
  }

  #kept(): Promise<Kept> {
    return this.#tab.page.evaluate(() => (window as Watched).kolamLight!)
  }
}

type Watched = Window & { kolamLight?: Kept }

/** Runs in the page. */
function begin(root: HTMLElement | SVGElement, light: HTMLElement | SVGElement): void {
  const value = () => root.dataset['save'] as SaveState
  const word = () => ({ atMs: Date.now(), text: light.textContent.trim() })
  const { values, words } = ((window as Watched).kolamLight = {
    values: [value()],
    words: [word()],
  })
  // Each record tells what was before it.
  new MutationObserver((records) => {
    for (const { oldValue } of records.slice(1)) values.push(oldValue as SaveState)
    values.push(value())
  }).observe(root, { attributeFilter: ['data-save'], attributeOldValue: true })
  const spoken = new MutationObserver(() => words.push(word()))
  spoken.observe(light, { characterData: true, childList: true, subtree: true })
}
