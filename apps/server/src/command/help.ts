/** The text of `--help`, for the command and for each subcommand. */
import type { Command, Option } from './command.ts'

const EXIT_CODES = `Exit codes: 0 all is well; 1 something is wrong with the data, or it could not be done; 2 wrong use.`

/** What `kolam --help` prints. */
export function generalHelp(commands: readonly Command[]): string {
  const rows = commands.map((command) => [signature(command), command.summary] as const)
  return [
    'Usage: kolam <command> [options]',
    '',
    columns(rows),
    '',
    'The data folder is KOLAM_DATA, or ./data; --data names another one for one call.',
    'kolam <command> --help says more about a command.',
    EXIT_CODES,
  ].join('\n')
}

/** What `kolam <command> --help` prints. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => {
    return [optionText(name, option), option.help] as const
  })
  return [
    `Usage: kolam ${signature(command)} [options]`,
    '',
    `${command.summary}.`,
    ...command.notes.flatMap((note) => ['', note]),
    '',
    columns([...options, [optionText('help', { short: 'h', help: '' }), 'print this']]),
    '',
    EXIT_CODES,
  ].join('\n')
}

function signature({ name, operands }: Command): string {
  return [name, ...operands].join(' ')
}

function optionText(name: string, { short, value }: Option): string {
  const long = value === undefined ? `--${name}` : `--${name} <${value}>`
  return short === undefined ? long : `-${short}, ${long}`
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}
