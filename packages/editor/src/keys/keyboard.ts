/** What a key does now: end the text, steer the gesture, hold space to pan, or run a command. */
import type { CommandRegistry } from '../commands/registry.ts'
import type { Desk } from '../desk.ts'
import type { PointerRouter } from '../pointer/router.ts'
import type { KeyInput } from '../types.ts'

const MODIFIER_KEYS: ReadonlySet<string> = new Set(['Shift', 'Alt', 'Control', 'Meta'])

interface KeyboardParts {
  readonly desk: Desk
  readonly registry: CommandRegistry
  readonly pointers: PointerRouter
}

/** Routes keys. Answers whether the key was used up. */
export class Keyboard {
  readonly #parts: KeyboardParts

  constructor(parts: KeyboardParts) {
    this.#parts = parts
  }

  down(event: KeyInput): boolean {
    const { desk, pointers } = this.#parts
    if (MODIFIER_KEYS.has(event.key)) {
      pointers.again(event)
      return false
    }
    if (desk.editing.id !== null) return this.#whileWriting(event)
    if (event.key === ' ') {
      pointers.setSpace(true)
      return true
    }
    return desk.tools.busy ? this.#whileBusy(event) : this.#command(event)
  }

  up(event: KeyInput): void {
    if (event.key === ' ') this.#parts.pointers.setSpace(false)
    else if (MODIFIER_KEYS.has(event.key)) this.#parts.pointers.again(event)
  }

  /** The keys belong to the text, but for those that end it. */
  #whileWriting({ key, mod }: KeyInput): boolean {
    if (key !== 'Escape' && !(key === 'Enter' && mod)) return false
    this.#parts.desk.editing.stop()
    return true
  }

  /** Escape takes the gesture back; looking around goes on; anything else would pull the rug away. */
  #whileBusy(event: KeyInput): boolean {
    const { desk, pointers, registry } = this.#parts
    if (event.key === 'Escape') {
      pointers.end('cancel')
      return true
    }
    const command = registry.forKey(event)
    if (command?.group === 'View') {
      command.run({ desk })
      pointers.again(null)
    }
    return command !== undefined
  }

  #command(event: KeyInput): boolean {
    const command = this.#parts.registry.forKey(event)
    const target = { desk: this.#parts.desk }
    if (!command?.when(target)) return false
    command.run(target)
    return true
  }
}
