/** Runs one step of a tooling script as a child process and keeps what it printed. */
import { spawn } from 'node:child_process'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '..')

export interface Step {
  readonly name: string
  /** A package's command (`prettier`) or a script (`tooling/check-layers.ts`), with its arguments. */
  readonly command: readonly [string, ...string[]]
  readonly env?: Readonly<Record<string, string>>
}

export interface StepResult {
  readonly name: string
  readonly ok: boolean
  readonly seconds: number
  readonly output: string
}

/** Run `step` in the project's root on the Node this script runs on. `live` also shows its output. */
export function runStep(step: Step, options: { live: boolean }): Promise<StepResult> {
  const started = performance.now()
  const [command, ...args] = step.command
  const isScript = command.endsWith('.ts')
  const child = spawn(
    isScript ? process.execPath : path.join(ROOT, 'node_modules/.bin', command),
    isScript ? [command, ...args] : args,
    { cwd: ROOT, env: { ...process.env, ...step.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      if (options.live) process.stdout.write(chunk)
    })
  }
  const done = (ok: boolean): StepResult => ({
    name: step.name,
    ok,
    seconds: (performance.now() - started) / 1000,
    output: Buffer.concat(chunks).toString(),
  })
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ...done(false), output: String(error) }))
    child.on('close', (code) => resolve(done(code === 0)))
  })
}

/** Run `steps` in order, two at a time (one per core), reporting each as it ends. */
export async function runSteps(steps: readonly Step[]): Promise<StepResult[]> {
  const waiting = [...steps]
  const results: StepResult[] = []
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step, { live: false })
      results.push(result)
      console.log(`${result.ok ? 'ok  ' : 'FAIL'} ${result.name} (${result.seconds.toFixed(1)} s)`)
      if (!result.ok) console.log(result.output)
    }
  }
  await Promise.all([lane(), lane()])
  return results
}
