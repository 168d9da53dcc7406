/** All commands of one editor, by id and by key. */
import { combosOf, shownCombo } from '../keys/combo.ts'
import type { KeyInput } from '../types.ts'
import { ARRANGE_COMMANDS } from './arrange.ts'
import type { Command } from './command.ts'
import { EDIT_COMMANDS } from './edit.ts'
import { styleCommands } from './style.ts'
import { TOOL_COMMANDS } from './tools.ts'
import { VIEW_COMMANDS } from './view.ts'

/** The one place that knows which key does what. */
export class CommandRegistry {
  readonly all: readonly Command[]
  readonly #byId: ReadonlyMap<string, Command>
  readonly #byKey: ReadonlyMap<string, Command>

  constructor() {
    this.all = [
      ...TOOL_COMMANDS,
      ...EDIT_COMMANDS,
      ...ARRANGE_COMMANDS,
      ...styleCommands(),
      ...VIEW_COMMANDS,
    ]
    this.#byId = new Map(this.all.map((command) => [command.id, command]))
    const keys = this.all.flatMap((command) => command.keys.map((key) => [key, command] as const))
    this.#byKey = new Map(keys)
  }

  get(id: string): Command | undefined {
    return this.#byId.get(id)
  }

  /** What a key press asks for. */
  forKey(event: KeyInput): Command | undefined {
    for (const combo of combosOf(event)) {
      const command = this.#byKey.get(combo)
      if (command) return command
    }
    return undefined
  }

  /** How to reach a command by key, as people read it; empty if there is none. */
  shortcutOf(id: string): string {
    const [first] = this.get(id)?.keys ?? []
    return first === undefined ? '' : shownCombo(first)
  }
}
