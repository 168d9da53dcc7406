/** What a reader must know of a run. No name, no place. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { machineFacts } from '../../relay/harness/machine.ts'
import { launch } from '../browser/launch.ts'
import { VIEW } from '../config.ts'
import type { RunFacts } from './results.ts'

const FOLDER = path.resolve(import.meta.dirname, '..')

/** Facts by name, in the order they are shown. */
export async function runFacts(command: string): Promise<RunFacts> {
  const { processor, memory, kernel, node, Kolam, ...rest } = machineFacts(
    path.join(FOLDER, '.cache'),
  )
  return {
    command: `\`${command}\``,
    date: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    processor: processor!,
    memory: memory!,
    kernel: kernel!,
    node: node!,
    'load before the run': rest['load before the run']!,
    browser: `Chromium ${await browserVersion()}, headless, without GPU, ${VIEW.w} × ${VIEW.h}`,
    Kolam: Kolam!,
    Excalidraw: versionOf('@excalidraw/excalidraw'),
    tldraw: versionOf('tldraw'),
  }
}

async function browserVersion(): Promise<string> {
  const browser = await launch()
  const version = browser.version()
  await browser.close()
  return version
}

function versionOf(name: string): string {
  const file = path.join(FOLDER, 'node_modules', name, 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
