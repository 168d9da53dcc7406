/** `kolam fsck`: checks everything in the data folder, and mends what can be mended when it is asked to. */
import {
  assetFiles,
  checkEverything,
  repairFolder,
  type RepairReport,
} from '@kolam/persistence/sqlite'
import { merge } from '@kolam/relay/yjs'
import { checkOutcome, checkText } from './check-report.ts'
import { type Call, type Command, DATA_OPTION, type Outcome, OUTPUT_OPTIONS } from './command.ts'
import { type DataFolder, findData, withReader } from './data-folder.ts'
import { decoder } from './decoder.ts'
import { countText } from './words.ts'

export const fsck: Command = {
  name: 'fsck',
  operands: [],
  summary: 'Check everything in the data folder, and mend it with --repair',
  notes: [
    'It checks the structure of the database, the checksum and number of every row, that every document and every point\n' +
      'of its history can be opened, and that every picture is what its name says. Each thing that is wrong is one line.',
    'A picture that a document shows and that is not there is noted: the document may have come from elsewhere.',
    'It only reads. With --repair, for which no server may be using the data folder, what is damaged is moved into a\n' +
      'table of its own (quarantine), and documents are made whole from what is sound. Before anything is changed the\n' +
      'database is copied beside itself; where nothing is wrong nothing is changed. What was lost is in your last backup.',
  ],
  options: {
    repair: { help: 'mend what can be mended; keeps the originals' },
    ...DATA_OPTION,
    ...OUTPUT_OPTIONS,
  },
  run: async (call) => {
    const data = await findData(call)
    return call.flags['repair'] === true ? repair(data, call) : check(data, call)
  },
}

async function check(data: DataFolder, call: Call): Promise<Outcome> {
  const report = await withReader(data, (reader) =>
    checkEverything({ reader, assets: assetFiles(data.assets), decoder, ...call.work }),
  )
  return checkOutcome(data.folder, report)
}

async function repair({ folder }: DataFolder, call: Call): Promise<Outcome> {
  const tools = { decoder, merge, at: call.now() }
  const report = await repairFolder({ folder, ...tools, ...call.work })
  const { before, after, ...done } = report
  if (!after) return checkOutcome(folder, before)
  const ok = after.problems.length === 0 && report.failures.length === 0
  const data = { ok, ...after, found: before.problems, ...done }
  return { kind: 'said', ok, data, text: repairText(folder, report) }
}

function repairText(folder: string, report: RepairReport): string {
  const { before, after, copy, structure, documents, failures, movedAssets } = report
  return [
    checkText(folder, before),
    '',
    copy === null ? 'Nothing in the database was changed' : `The database as it was: ${copy}`,
    ...structure.map((what) => `  The database: ${what}`),
    ...documents.map(({ id, done }) => `  Document "${id}": ${done.join('; ')}`),
    ...movedAssets.map(({ id, to }) => `  Picture ${id}: moved to ${to}`),
    ...failures.map((what) => `  Not mended: ${what}`),
    '',
    checkText(
      after && after.problems.length > 0 ? `${folder}, not mended` : folder,
      after ?? before,
    ),
    ...(after && after.problems.length > 0
      ? [`What could not be mended (${countText(after.problems.length, 'problem')}) is as it was`]
      : []),
  ].join('\n')
}
