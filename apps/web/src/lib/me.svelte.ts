/** Who I am to the others: kept in this browser, a friendly made-up name until changed. */
import { systemRandom } from '@kolam/base'
import { cleanName, isColor, randomPerson, readPerson, type Person } from './person.ts'

const KEY = 'kolam:person'

class Me {
  #person = $state.raw<Person>(keptPerson() ?? randomPerson(systemRandom))

  constructor() {
    this.#store()
  }

  get person(): Person {
    return this.#person
  }

  /** Takes what is valid and leaves the rest as it was. */
  change({ name, color }: Partial<Person>): void {
    const named = name === undefined ? '' : cleanName(name)
    this.#person = {
      name: named || this.#person.name,
      color: isColor(color) ? color : this.#person.color,
    }
    this.#store()
  }

  #store(): void {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#person))
    } catch {
      // Storage is forbidden: the name lasts as long as the tab.
    }
  }
}

/** The person at this browser. */
export const me = new Me()

function keptPerson(): Person | null {
  try {
    return readPerson(JSON.parse(localStorage.getItem(KEY) ?? 'null'))
  } catch {
    return null
  }
}
