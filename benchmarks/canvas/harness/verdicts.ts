/** Whether Kolam reached what it must. */
import { MIXED_NAMES, RUN, TARGETS } from '../config.ts'
import { type Row, type RowKey, isSameRow } from './rows.ts'

/** A target and what was measured. */
export interface Verdict {
  readonly target: string
  /** NaN where it was not measured. */
  readonly value: number
  readonly limit: number
  readonly atLeast: boolean
  readonly unit: string
  /** Somebody else used so much of the machine meanwhile that a miss says nothing. */
  readonly isDisturbed: boolean
}

/** Met, missed, or neither: a miss on a busy machine is no miss yet, but what is met there is met. */
export function markOf({ value, limit, atLeast, isDisturbed }: Verdict): string {
  if (Number.isNaN(value)) return 'not measured'
  if (atLeast ? value >= limit : value <= limit) return 'met'
  return isDisturbed ? 'not judged: the machine was busy' : '**missed**'
}

type Rows = readonly Row[]

/** All targets of the scenarios that are among the rows. */
export function verdictsOf(rows: Rows): Verdict[] {
  return [
    ...openVerdicts(rows),
    ...lookVerdicts(rows),
    ...dragVerdicts(rows),
    ...strokeVerdicts(rows),
    ...singleVerdicts(rows),
  ]
}

interface Wanted {
  readonly key: Omit<RowKey, 'peer'>
  readonly words: string
  readonly measure: string
  readonly limit: number
  readonly unit: string
  readonly atLeast?: boolean
}

/** A figure of Kolam's row; nothing where there is no such row. */
function figure(
  rows: Rows,
  { key, words, measure, limit, unit, atLeast = false }: Wanted,
): Verdict[] {
  const row = rows.find((one) => isSameRow(one, { ...key, peer: 'kolam' }))
  if (!row) return []
  const value = row.figures[measure] ?? Number.NaN
  return [{ target: words, value, limit, atLeast, unit, isDisturbed: isDisturbed(row) }]
}

interface Share {
  readonly key: Omit<RowKey, 'peer'>
  readonly words: string
  readonly measure: string
  readonly limit: number
  /** Whose figure is the whole. */
  readonly of: RowKey['peer']
}

/** Kolam's figure as a share of a peer's; nothing where either row is missing. */
function share(rows: Rows, { key, words, measure, limit, of }: Share): Verdict[] {
  const [own, whole] = (['kolam', of] as const).map((peer) =>
    rows.find((row) => isSameRow(row, { ...key, peer })),
  )
  if (!own || !whole) return []
  const value = (own.figures[measure] ?? Number.NaN) / (whole.figures[measure] ?? Number.NaN)
  const disturbed = isDisturbed(own) || isDisturbed(whole)
  return [{ target: words, value, limit, atLeast: false, unit: '×', isDisturbed: disturbed }]
}

function openVerdicts(rows: Rows): Verdict[] {
  const key = { scenario: 'open', variant: '50000' } as const
  const { paintMsMax, heapMbMax } = TARGETS.largest
  const words = 'open 50,000'
  return [
    ...figure(rows, {
      key,
      words: `${words}: first paint after the bytes are there`,
      measure: 'paintAfterMs',
      limit: paintMsMax,
      unit: 'ms',
    }),
    ...figure(rows, {
      key,
      words: `${words}: heap`,
      measure: 'heapMb',
      limit: heapMbMax,
      unit: 'MB',
    }),
    ...figure(rows, {
      key,
      words: `${words}: heap and buffers`,
      measure: 'heapAndBuffersMb',
      limit: heapMbMax,
      unit: 'MB',
    }),
  ]
}

function lookVerdicts(rows: Rows): Verdict[] {
  return (['pan', 'zoom', 'fit', 'far'] as const).flatMap((scenario) =>
    MIXED_NAMES.flatMap((variant) => {
      const key = { scenario, variant }
      const words = `${scenario} ${Number(variant).toLocaleString('en')}`
      const { fpsMin, p95MsMax } = variant === '50000' ? TARGETS.largest : TARGETS.looks
      const main = { key, words: `${words}: main thread, of Excalidraw's`, measure: 'mainMs' }
      return [
        ...figure(rows, {
          key,
          words: `${words}: frames a second`,
          measure: 'fps',
          limit: fpsMin,
          unit: 'fps',
          atLeast: true,
        }),
        ...figure(rows, {
          key,
          words: `${words}: p95 frame`,
          measure: 'p95Ms',
          limit: p95MsMax,
          unit: 'ms',
        }),
        ...(variant === '10000'
          ? share(rows, { ...main, limit: TARGETS.mainShareMax, of: 'excalidraw' })
          : []),
      ]
    }),
  )
}

function dragVerdicts(rows: Rows): Verdict[] {
  return Object.entries(TARGETS.dragFpsMin).flatMap(([variant, limit]) => {
    const words = `drag ${Number(variant).toLocaleString('en')}: frames a second`
    const key = { scenario: 'drag', variant } as const
    return figure(rows, { key, words, measure: 'fps', limit, unit: 'fps', atLeast: true })
  })
}

function strokeVerdicts(rows: Rows): Verdict[] {
  const key = { scenario: 'stroke', variant: 'handwriting' } as const
  const { p95MsMax, shareMax, growthMax } = TARGETS.stroke
  const of = (peer: 'excalidraw' | 'tldraw') => {
    const words = `stroke: p95 of a move, of ${peer === 'tldraw' ? "tldraw's" : "Excalidraw's"}`
    return share(rows, { key, words, measure: 'moveP95Ms', limit: shareMax, of: peer })
  }
  return [
    ...figure(rows, {
      key,
      words: 'stroke: p95 of a move',
      measure: 'moveP95Ms',
      limit: p95MsMax,
      unit: 'ms',
    }),
    ...figure(rows, {
      key,
      words: 'stroke: the last moves to the first',
      measure: 'growth',
      limit: growthMax,
      unit: '×',
    }),
    ...of('excalidraw'),
    ...of('tldraw'),
  ]
}

function singleVerdicts(rows: Rows): Verdict[] {
  const storm = { scenario: 'storm', variant: '10000' } as const
  const scripts = { scenario: 'scripts', variant: '1000' } as const
  return [
    ...figure(rows, {
      key: storm,
      words: 'storm: frames a second',
      measure: 'fps',
      limit: TARGETS.stormFpsMin,
      unit: 'fps',
      atLeast: true,
    }),
    ...['images', 'notes', 'corpus'].flatMap((variant) =>
      (['longestMs', 'farLongestMs'] as const).flatMap((measure) => {
        const words = `${variant}: longest frame${measure === 'longestMs' ? '' : ', all in view'}`
        const key = { scenario: 'browse', variant } as const
        return figure(rows, { key, words, measure, limit: TARGETS.browseLongestMsMax, unit: 'ms' })
      }),
    ),
    ...figure(rows, {
      key: scripts,
      words: 'first-load script',
      measure: 'firstKb',
      limit: TARGETS.scriptKbMax,
      unit: 'kB',
    }),
  ]
}

/** Scripts are weighed, which nobody disturbs. */
function isDisturbed({ figures }: Row): boolean {
  return (figures['othersShare'] ?? 0) > RUN.othersShareMax
}
