/** Light, dark or as the system: kept in this browser, shown as `data-theme` on the root element. */

export type ThemeChoice = 'light' | 'dark' | 'system'

/** The key `public/theme.js` reads before the first paint. */
const KEY = 'kolam:theme'

class ThemeState {
  #choice = $state<ThemeChoice>(readChoice())
  #systemDark = $state(matchMedia('(prefers-color-scheme: dark)').matches)

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
      this.#systemDark = matches
      this.#show()
    })
    addEventListener('storage', ({ key }) => {
      if (key === KEY) this.#take(readChoice())
    })
  }

  get choice(): ThemeChoice {
    return this.#choice
  }

  /** The theme in use. */
  get current(): 'light' | 'dark' {
    if (this.#choice !== 'system') return this.#choice
    return this.#systemDark ? 'dark' : 'light'
  }

  choose(choice: ThemeChoice): void {
    store(choice)
    this.#take(choice)
  }

  #take(choice: ThemeChoice): void {
    this.#choice = choice
    this.#show()
  }

  #show(): void {
    document.documentElement.dataset['theme'] = this.current
  }
}

/** The one theme of this tab. */
export const theme = new ThemeState()

function readChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(KEY)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}

function store(choice: ThemeChoice): void {
  try {
    localStorage.setItem(KEY, choice)
  } catch {
    // Storage is forbidden: the choice lasts as long as the tab.
  }
}
