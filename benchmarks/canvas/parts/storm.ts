/** Panning while many others work on the same board. Kolam alone: the others do not come with a server. */
import { once } from 'node:events'
import path from 'node:path'
import { start } from '../../relay/harness/children.ts'
import { enter, pan } from '../browser/gestures.ts'
import { watchGesture, rest } from '../browser/meter.ts'
import { STORM, VIEW } from '../config.ts'
import type { KolamPeer } from '../peers/kolam.ts'
import { middleOf } from './looks.ts'
import type { Visit, Visiting } from './visit.ts'

const SCRIPT = path.resolve(import.meta.dirname, '../load/storm.ts')

export const STORM_VISIT: Visit = {
  scenarios: ['storm'],
  scene: () => STORM.scene,
  camera: middleOf,
  changes: true,
  peers: ['kolam'],
  measure,
}

async function* measure({ tab, peer, files }: Visiting): ReturnType<Visit['measure']> {
  const { url, id } = (peer as KolamPeer).board
  const { x, y } = middleOf(files)
  const middle = [x + VIEW.w / 2, y + VIEW.h / 2].map(String)
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const
  const child = start([process.execPath, SCRIPT, url, id, ...middle], { stdio: [...stdio] })
  try {
    const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown]
    if (first !== 'ready') throw new Error(`The others did not come: ${String(first)}`)
    await enter(tab)
    await rest(STORM.warmUpMs)
    const figures = await watchGesture(tab, () => pan(tab))
    child.send('stop')
    const [told] = (await once(child, 'message')) as [{ movesPerSecond: number }]
    yield ['storm', { ...figures, ...told }]
  } finally {
    child.kill('SIGKILL')
  }
}
