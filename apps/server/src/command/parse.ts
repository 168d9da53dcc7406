/** The arguments of one call held against what its subcommand takes. Throws a `UsageError`, a sentence. */
import { parseArgs } from 'node:util'
import type { Command, Flags } from './command.ts'
import { UsageError } from './errors.ts'

/** Arguments that fit. */
export interface Parsed {
  readonly operands: readonly string[]
  readonly flags: Flags
}

/** Reads the arguments after the subcommand's name. `--help` makes everything else right. */
export function parseCall(command: Command, args: readonly string[]): Parsed {
  const { values, positionals } = parseOrRefuse(command, args)
  if (values['help'] === true) return { operands: [], flags: values }
  for (const [name, value] of Object.entries(values)) {
    if (value === '') throw new UsageError(`--${name} needs a value`)
  }
  checkOperands(command, positionals)
  return { operands: positionals, flags: values }
}

function parseOrRefuse(
  command: Command,
  args: readonly string[],
): { values: Flags; positionals: readonly string[] } {
  const options = Object.entries(command.options).map(([name, { value, short }]) => {
    const type = value === undefined ? ('boolean' as const) : ('string' as const)
    return [name, { type, ...(short === undefined ? {} : { short }) }] as const
  })
  try {
    return parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(options), help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
  } catch (error) {
    // `parseArgs` adds advice about its own rules after the first sentence.
    const words = error instanceof Error ? error.message : String(error)
    throw new UsageError(words.split(/\. |\n/)[0] ?? words, { cause: error })
  }
}

function checkOperands({ name, operands }: Command, given: readonly string[]): void {
  const missing = operands.slice(given.length).find((operand) => operand.startsWith('<'))
  if (missing !== undefined) throw new UsageError(`${name} needs ${missing}`)
  const empty = given.indexOf('')
  if (empty >= 0) throw new UsageError(`${operands[empty] ?? 'An argument'} is empty`)
  const extra = given[operands.length]
  if (extra !== undefined) throw new UsageError(`${name} does not take "${extra}"`)
}
