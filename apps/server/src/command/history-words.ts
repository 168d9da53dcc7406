/** Points, and what happened between them, as people read them. */
import type { PointInfo } from '@kolam/persistence'
import type { BoardNews, ShapeNews } from '../history/compare-states.ts'
import { countText, numberText, sizeText, tableText, timeText } from './words.ts'

/** Shapes that are named one by one; the others are counted. */
const LINES_MAX = 50

const KINDS = { automatic: '', named: 'named', 'before-restore': 'before going back' } as const

/** A table of points, the last one first. */
export function pointsText(points: readonly PointInfo[]): string {
  if (points.length === 0) return 'There are no points yet'
  const rows = points
    .toReversed()
    .map((point) => [
      String(point.number),
      timeText(point.at),
      point.name || KINDS[point.kind],
      numberText(point.updates),
      sizeText(point.bytes),
      point.damaged ? 'damaged' : point.authors.join(', '),
    ])
  return tableText(['POINT', 'TIME', 'NAME', 'UPDATES', 'SIZE', 'BY'], rows)
}

/** What happened, a line for each shape. */
export function changesText(news: BoardNews & { from: number; to: number | 'now' }): string {
  const { title, added, removed, changed, counts, from, to } = news
  const sum = [
    `${numberText(counts.added)} added`,
    `${numberText(counts.changed)} changed`,
    `${numberText(counts.removed)} removed`,
  ].join(', ')
  const lines = [
    ...(title ? [`  title: "${title.before}" is now "${title.after}"`] : []),
    ...added.map((shape) => shapeText('added', shape)),
    ...changed.map((shape) => shapeText('changed', shape)),
    ...removed.map((shape) => shapeText('removed', shape)),
  ]
  const more = lines.length - LINES_MAX
  const rest = more > 0 ? [`  and ${countText(more, 'more change')}`] : []
  const begin = from === 0 ? 'the beginning' : `point ${from}`
  const head = `From ${begin} to ${to === 'now' ? 'now' : `point ${to}`}: ${sum}`
  return [head, ...lines.slice(0, LINES_MAX), ...rest].join('\n')
}

function shapeText(what: string, { id, kind, text, authors, at, props }: ShapeNews): string {
  const label = text === '' ? '' : ` “${text}”`
  const details = props && props.length > 0 ? ` (${props.join(', ')})` : ''
  const who = authors.length > 0 ? ` by ${authors.join(', ')}` : ''
  const when = at === null ? '' : ` at ${timeText(at)}`
  return `  ${what}: ${kind}${label} ${id}${details}${who}${when}`
}
