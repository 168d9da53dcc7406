/** Where a server spent its time: the functions with the most time of their own, for each thread. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

interface ProfileNode {
  readonly id: number
  readonly callFrame: {
    readonly functionName: string
    readonly url: string
    readonly lineNumber: number
  }
}

interface Profile {
  readonly nodes: readonly ProfileNode[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

const SHOWN = 25
const IDLE = '(idle)'

/** All profiles of a folder, the busiest thread first, as text. */
export function profileText(folder: string): string {
  if (!existsSync(folder)) return ''
  const threads = readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => threadOf(JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Profile))
    .sort((a, b) => b.busyMs - a.busyMs)
  return threads.map((thread, index) => threadText(thread, index)).join('\n')
}

interface Thread {
  readonly busyMs: number
  readonly functions: readonly (readonly [string, number])[]
}

function threadOf({ nodes, samples, timeDeltas }: Profile): Thread {
  const names = new Map(nodes.map((node) => [node.id, nameOf(node)]))
  const times = new Map<string, number>()
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? ''
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0) / 1000)
  }
  times.delete(IDLE)
  const functions = [...times].sort((a, b) => b[1] - a[1])
  return { busyMs: functions.reduce((sum, [, ms]) => sum + ms, 0), functions }
}

function threadText({ busyMs, functions }: Thread, index: number): string {
  const lines = functions
    .slice(0, SHOWN)
    .map(
      ([name, ms]) =>
        `${((ms / busyMs) * 100).toFixed(1).padStart(6)} %  ${ms.toFixed(0).padStart(6)} ms  ${name}`,
    )
  return [`  thread ${index + 1}: busy for ${busyMs.toFixed(0)} ms`, ...lines, ''].join('\n')
}

/** The function and the end of its file's name. */
function nameOf({ callFrame }: ProfileNode): string {
  const { functionName, url, lineNumber } = callFrame
  const file = url.split('/').slice(-3).join('/')
  return `${functionName === '' ? '(anonymous)' : functionName}${file === '' ? '' : `  ${file}:${lineNumber + 1}`}`
}
