/** What each scenario shows of its figures. */
import type { ScenarioName } from '../config.ts'

/** One column; a figure that is missing is a dash. */
export interface Column {
  readonly measure: string
  readonly title: string
  readonly digits: number
}

export interface Shown {
  readonly title: string
  readonly columns: readonly Column[]
  /** The measure whose ratio to Excalidraw's is shown; lower is better. */
  readonly ratio: string
}

const column = (measure: string, title: string, digits = 0): Column => ({ measure, title, digits })

const FRAMES = [
  column('fps', 'fps', 1),
  column('p95Ms', 'p95 ms', 1),
  column('longestMs', 'longest ms'),
]
const COSTS = [
  column('drawn', 'drawn/s', 1),
  column('mainMs', 'main thread ms'),
  column('frameCostMs', 'of it for a drawn frame', 1),
  column('browserMs', 'all processes ms'),
]
const OTHERS = column('othersShare', 'others', 2)
const LATE = column('lateMs', 'hands late ms', 1)
const LOOK = [...FRAMES, ...COSTS, column('zoom', 'zoom', 2), LATE, OTHERS]

export const SHOWN: Readonly<Record<ScenarioName, Shown>> = {
  open: {
    title: 'Opening a board',
    ratio: 'paintAfterMs',
    columns: [
      column('bytesMs', 'bytes there ms'),
      column('paintMs', 'first paint ms'),
      column('paintAfterMs', 'paint after bytes ms'),
      column('restAfterMs', 'rest after bytes ms'),
      column('heapMb', 'heap MB'),
      column('buffersMb', 'buffers MB'),
      column('rendererMb', 'process MB'),
      OTHERS,
    ],
  },
  pan: { title: 'Pan at full size', ratio: 'mainMs', columns: LOOK },
  zoom: { title: 'Zoom out and in', ratio: 'mainMs', columns: LOOK },
  fit: { title: 'Everything in view and back, by keys', ratio: 'mainMs', columns: LOOK },
  far: { title: 'Pan with everything in view', ratio: 'mainMs', columns: LOOK },
  drag: {
    title: 'Drag of 10,000 shapes',
    ratio: 'mainMs',
    columns: [column('moved', 'moved'), ...FRAMES, ...COSTS, LATE, OTHERS],
  },
  stroke: {
    title: 'A stroke of 2,000 points among 5,000 strokes',
    ratio: 'moveP95Ms',
    columns: [
      column('moves', 'moves heard'),
      column('firstMs', 'first tenth ms', 2),
      column('lastMs', 'last tenth ms', 2),
      column('growth', 'last ÷ first', 2),
      column('moveP95Ms', 'p95 ms', 2),
      column('handlerP95Ms', 'of it listeners ms', 2),
      column('fps', 'fps', 1),
      column('longestMs', 'longest ms'),
      LATE,
      OTHERS,
    ],
  },
  storm: {
    title: 'Pan while 50 others work on 10,000 shapes',
    ratio: 'mainMs',
    columns: [column('movesPerSecond', 'moves/s of others'), ...FRAMES, ...COSTS, LATE, OTHERS],
  },
  browse: {
    title: 'Pan on boards of one kind of thing, after they have loaded',
    ratio: 'mainMs',
    columns: [
      column('fps', 'fps', 1),
      column('longestMs', 'longest ms'),
      column('farFps', 'fps, all in view', 1),
      column('farLongestMs', 'longest ms, all in view'),
      column('mainMs', 'main thread ms'),
      column('browserMs', 'all processes ms'),
      OTHERS,
    ],
  },
  scripts: {
    title: 'Script, gzip',
    ratio: 'firstKb',
    columns: [column('firstKb', 'first load kB'), column('restKb', 'loaded at rest kB')],
  },
}
