/** `kolam dump`: one document, as an update that any Yjs program takes, or as JSON. */
import { writeFile } from 'node:fs/promises'
import { readHistory, writeThroughDraft } from '@kolam/persistence/sqlite'
import { merge, withDocument } from '@kolam/relay/yjs'
import {
  type Call,
  type Command,
  DATA_OPTION,
  type Outcome,
  OUTPUT_OPTIONS,
  said,
} from './command.ts'
import { contentOf, contentText } from './content.ts'
import { type DataFolder, findData, valueOf, withReader } from './data-folder.ts'
import { UsageError } from './errors.ts'
import { pointNumber } from './point-option.ts'
import { soundParts } from './sound-parts.ts'
import { targetFile } from './target-file.ts'
import { sizeText } from './words.ts'

export const dump: Command = {
  name: 'dump',
  operands: ['<id>'],
  summary: 'Write one document to standard output or a file',
  notes: [
    'As an update it is binary, and kolam load or any other Yjs program takes it. As JSON it is for reading, and for\n' +
      'programs that look for something; it cannot be loaded again. Pictures are not in it.',
  ],
  options: {
    point: { value: 'n', help: 'as it was at this point of its history' },
    as: { value: 'update|json', help: 'what to write; update unless given' },
    out: { value: 'file', help: 'where to write it; standard output unless given' },
    force: { help: 'write over a file that is there' },
    ...DATA_OPTION,
    ...OUTPUT_OPTIONS,
  },
  run: async (call) => {
    const id = call.operands[0]!
    const format = formatOf(call)
    const data = await findData(call)
    const out = valueOf(call.flags['out'])
    const file = out && (await targetFile(out, { force: call.flags['force'] === true }))
    const point = valueOf(call.flags['point'])
    const parts =
      point === undefined
        ? await withReader(data, (reader) => soundParts(reader, id))
        : partsAt(data, id, point)
    const bytes = format === 'json' ? jsonOf(parts) : merge(parts)
    return file ? save({ id, file, bytes }) : { kind: 'bytes', bytes }
  },
}

function formatOf(call: Call): 'update' | 'json' {
  const format = valueOf(call.flags['as']) ?? 'update'
  if (format !== 'update' && format !== 'json') {
    throw new UsageError(`--as is "${format}": allowed is update or json`)
  }
  const isToOutput = call.flags['out'] === undefined
  if (format === 'update' && isToOutput && call.flags['json'] === true) {
    throw new UsageError('--json with --as update needs --out: an update is binary')
  }
  if (format === 'update' && isToOutput && call.isScreen) {
    throw new UsageError('An update is binary: give --out, or a file or program to write to')
  }
  return format
}

/** What leads to a point. */
function partsAt({ database }: DataFolder, id: string, text: string): Uint8Array[] {
  const number = pointNumber('point', text)
  const points = readHistory(database, (history) => history.read(id, number)) ?? []
  return points.map(({ delta }) => delta)
}

function jsonOf(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.from(`${contentText(withDocument(parts, contentOf))}\n`)
}

async function save(dumped: { id: string; file: string; bytes: Uint8Array }): Promise<Outcome> {
  const { id, file, bytes } = dumped
  await writeThroughDraft(file, (draft) => writeFile(draft, bytes, { flag: 'wx' }))
  const data = { ok: true, id, file, bytes: bytes.length }
  return said(`${file}: document "${id}", ${sizeText(bytes.length)}`, data)
}
