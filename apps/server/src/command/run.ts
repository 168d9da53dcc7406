/** One call of `kolam`: finds the subcommand, runs it, prints what it came to, gives the exit code. */
import { backup } from './backup.ts'
import type { Command, Outcome } from './command.ts'
import { compact } from './compact.ts'
import { dump } from './dump.ts'
import { failureOf, UsageError } from './errors.ts'
import { fsck } from './fsck.ts'
import { commandHelp, generalHelp } from './help.ts'
import { history } from './history.ts'
import { list } from './list.ts'
import { load } from './load.ts'
import { type Parsed, parseCall } from './parse.ts'
import { ProgressLine } from './progress-line.ts'
import { restore } from './restore.ts'
import { serve } from './serve.ts'
import { stats } from './stats.ts'
import { printable } from './words.ts'

/** Everything a call has of the world around it. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted when somebody wants the call to stop. */
  readonly signal: AbortSignal
  readonly isOutputScreen: boolean
  readonly isErrorScreen: boolean
  output(data: string | Uint8Array): void
  error(text: string): void
  /** The time, in milliseconds since the epoch. */
  now(): number
  /** The call leaves signals and the exit code to the server. */
  handOver(): void
}

/** 0: all is well. 1: something is wrong with the data, or it could not be done. 2: wrong use. */
export type ExitCode = 0 | 1 | 2

const COMMANDS: readonly Command[] = [
  serve,
  backup,
  restore,
  list,
  dump,
  load,
  compact,
  stats,
  fsck,
  history,
]

/** Runs one call; null where a server goes on and will end the process itself. */
export async function runKolam(
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode | null> {
  const [name, ...rest] = args
  if (name === '--help' || name === '-h' || name === 'help') return general(terminal)
  const command = COMMANDS.find((known) => known.name === name)
  if (!command) return unknown(name, terminal)
  try {
    const parsed = parseCall(command, rest)
    if (parsed.flags['help'] === true) {
      terminal.output(`${commandHelp(command)}\n`)
      return 0
    }
    return await runCommand({ command, parsed }, terminal)
  } catch (error) {
    return refuse({ command, isJson: rest.includes('--json'), error }, terminal)
  }
}

function general(terminal: Terminal): ExitCode {
  terminal.output(`${generalHelp(COMMANDS)}\n`)
  return 0
}

function unknown(name: string | undefined, terminal: Terminal): ExitCode {
  if (name === undefined) terminal.error(`${generalHelp(COMMANDS)}\n`)
  else terminal.error(printable(`There is no command "${name}"; kolam --help lists them\n`))
  return 2
}

async function runCommand(
  { command, parsed }: { command: Command; parsed: Parsed },
  terminal: Terminal,
): Promise<ExitCode | null> {
  const { flags, operands } = parsed
  const progress = new ProgressLine({
    isScreen: terminal.isErrorScreen,
    write: (text) => (flags['quiet'] === true ? undefined : terminal.error(text)),
    now: () => terminal.now(),
  })
  if (command === serve) terminal.handOver()
  try {
    const outcome = await command.run({
      operands,
      flags,
      env: terminal.env,
      isScreen: terminal.isOutputScreen,
      work: { signal: terminal.signal, onProgress: (step) => progress.show(step) },
      now: () => terminal.now(),
    })
    progress.end()
    return print(outcome, { isJson: flags['json'] === true, terminal })
  } finally {
    progress.end()
  }
}

function print(
  outcome: Outcome,
  { isJson, terminal }: { isJson: boolean; terminal: Terminal },
): ExitCode | null {
  if (outcome.kind === 'serving') return null
  if (outcome.kind === 'bytes') terminal.output(outcome.bytes)
  else if (isJson) terminal.output(`${JSON.stringify(outcome.data)}\n`)
  else terminal.output(`${printable(outcome.text)}\n`)
  return outcome.kind === 'bytes' || outcome.ok ? 0 : 1
}

function refuse(
  failed: { command: Command; isJson: boolean; error: unknown },
  terminal: Terminal,
): ExitCode {
  const { command, isJson, error } = failed
  const { code, words } = terminal.signal.aborted
    ? ({ code: 1, words: 'Stopped; nothing was left half done' } as const)
    : failureOf(error)
  const hint = error instanceof UsageError ? `\nkolam ${command.name} --help says more` : ''
  terminal.error(`${printable(words)}${hint}\n`)
  if (isJson) terminal.output(`${JSON.stringify({ ok: false, error: words })}\n`)
  return code
}
