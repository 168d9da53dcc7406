/** `kolam history`: the points of a document, what happened between them, and going back to one. */
import type { PointInfo } from '@kolam/persistence'
import { type HistoryReader, readHistory } from '@kolam/persistence/sqlite'
import { compareStates } from '../history/compare-states.ts'
import {
  type Call,
  type Command,
  DATA_OPTION,
  type Outcome,
  OUTPUT_OPTIONS,
  said,
} from './command.ts'
import { type DataFolder, findData, valueOf } from './data-folder.ts'
import { CommandError, UsageError } from './errors.ts'
import { changesText, pointsText } from './history-words.ts'
import { pointNumber } from './point-option.ts'
import { forget, goBack, keep } from './write-history.ts'

export const history: Command = {
  name: 'history',
  operands: ['<id>'],
  summary: 'List the points of a document’s history, compare them, or go back to one',
  notes: [
    'Without an option it lists the points; --changes says what happened from the point before to that one, or with --from\n' +
      'from another one on. “now” is the document as it is. These read, also beside a running server, and so does\n' +
      'kolam dump --point, which writes the document as it was.',
    '--keep, --restore and --forget write: no server may be using the data folder. Going back is an edit like any other,\n' +
      'and what was there before is a point of its own. --forget leaves one point, of the document as it is.',
  ],
  options: {
    changes: { value: 'n|now', help: 'say what happened up to this point, and who did it' },
    from: { value: 'n', help: 'with --changes: from this point on; 0 is the beginning' },
    keep: { value: 'name', help: 'keep the document as it is under a name' },
    restore: { value: 'n', help: 'make the document read as it did at this point' },
    forget: { help: 'forget everything but the document as it is' },
    ...DATA_OPTION,
    ...OUTPUT_OPTIONS,
  },
  run: async (call) => {
    const data = await findData(call)
    const id = call.operands[0]!
    const asked = ['changes', 'keep', 'restore', 'forget'].filter((name) => call.flags[name])
    if (asked.length > 1) throw new UsageError(`--${asked[0]} and --${asked[1]} are two calls`)
    if (call.flags['from'] !== undefined && asked[0] !== 'changes') {
      throw new UsageError('--from is for --changes')
    }
    const { keep: name, restore, changes } = call.flags
    const target = { folder: data.folder, id, env: call.env, now: () => call.now() }
    if (valueOf(name) !== undefined) return keep(target, valueOf(name)!)
    if (valueOf(restore) !== undefined)
      return goBack(target, pointNumber('restore', valueOf(restore)!))
    if (call.flags['forget'] === true) return forget(target)
    return valueOf(changes) === undefined ? listed(data, id) : changed(data, id, call)
  },
}

function listed(data: DataFolder, id: string): Outcome {
  const points = readHistory(data.database, (reader) => listOf(reader, id)) ?? []
  return said(pointsText(points), { ok: true, id, points })
}

function changed(data: DataFolder, id: string, call: Call): Outcome {
  const news = readHistory(data.database, (reader) => {
    const points = listOf(reader, id)
    const to = momentOf(points, valueOf(call.flags['changes'])!)
    const from = beginningOf(points, to, valueOf(call.flags['from']))
    return {
      from,
      to,
      ...compareStates({ ...stateOf(reader, id, from), ...endOf(reader, id, { from, to }) }),
    }
  })
  if (!news) throw new CommandError(`Document "${id}" has no history yet`)
  return said(changesText(news), { ok: true, id, ...news })
}

/** The points; refuses a document that is not there. */
function listOf(reader: HistoryReader, id: string): PointInfo[] {
  if (reader.open(id).seq === 0) throw new CommandError(`There is no document "${id}"`)
  return reader.list(id)
}

function momentOf(points: readonly PointInfo[], text: string): number | 'now' {
  return text === 'now' ? text : known(points, pointNumber('changes', text))
}

function beginningOf(
  points: readonly PointInfo[],
  to: number | 'now',
  asked: string | undefined,
): number {
  const end = to === 'now' ? Number.POSITIVE_INFINITY : to
  if (asked === undefined) return points.findLast(({ number }) => number < end)?.number ?? 0
  const from = asked === '0' ? 0 : known(points, pointNumber('from', asked))
  if (from < end) return from
  throw new UsageError('--from must be an earlier point')
}

function known(points: readonly PointInfo[], number: number): number {
  if (points.some((point) => point.number === number)) return number
  throw new CommandError(`There is no point ${number}; kolam history <id> lists them`)
}

function stateOf(reader: HistoryReader, id: string, number: number): { before: Uint8Array[] } {
  return { before: number === 0 ? [] : reader.read(id, number).map(({ delta }) => delta) }
}

function endOf(
  reader: HistoryReader,
  id: string,
  { from, to }: { from: number; to: number | 'now' },
) {
  const { snapshot, updates: tail, seq } = reader.open(id)
  const { last, updates } = reader.unrecorded(id, seq)
  const end = to === 'now' ? last?.number : to
  const chain = end === undefined ? [] : reader.read(id, end)
  const journals = chain.filter(({ number }) => number > from).map(({ journal }) => journal)
  if (to !== 'now') return { after: chain.map(({ delta }) => delta), journals, updates: [] }
  return { after: snapshot ? [snapshot, ...tail] : tail, journals, updates }
}
