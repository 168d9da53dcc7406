/** `kolam load`: an update from a file into a new document. */
import { readFile, stat } from 'node:fs/promises'
import { randomId } from '@kolam/base'
import { openSqliteStore } from '@kolam/persistence/sqlite'
import { isDocumentId } from '@kolam/protocol'
import { DEFAULT_LIMITS } from '@kolam/relay'
import { inspect } from '@kolam/relay/yjs'
import { type Summary, summary } from '../documents/summary.ts'
import { type Call, type Command, DATA_OPTION, OUTPUT_OPTIONS, said } from './command.ts'
import { dataFolderOf, valueOf } from './data-folder.ts'
import { CommandError, UsageError } from './errors.ts'
import { sourceFile } from './target-file.ts'
import { countText } from './words.ts'

export const load: Command = {
  name: 'load',
  operands: ['<file>'],
  summary: 'Make a new document from an update; no server may be using the data folder',
  notes: [
    'The file is what kolam dump wrote, or any other encoded Yjs update (version 1). A document that has content is left\n' +
      'alone. The data folder is made if it is not there.',
  ],
  options: {
    id: { value: 'id', help: 'the id of the new document; one nobody can guess unless given' },
    ...DATA_OPTION,
    ...OUTPUT_OPTIONS,
  },
  run: async (call) => {
    const id = idOf(call)
    const file = await sourceFile(call.operands[0]!)
    const update = await readUpdate(file)
    const described = describe(file, update)
    await store({ folder: dataFolderOf(call), id, update, at: call.now(), described })
    const { title, shapes } = described
    const name = title === '' ? '' : ` "${title}"`
    const text = `${id}:${name} ${countText(shapes, 'shape')}`
    return said(text, { ok: true, id, title, shapes, bytes: update.length })
  },
}

function idOf(call: Call): string {
  const id = valueOf(call.flags['id']) ?? randomId()
  if (isDocumentId(id)) return id
  throw new UsageError(`--id is "${id}": allowed are 1 to 128 of A-Z a-z 0-9 . _ ~ -`)
}

async function readUpdate(file: string): Promise<Uint8Array> {
  const { size } = await stat(file)
  const bound = DEFAULT_LIMITS.documentBytesMax
  if (size <= bound) return readFile(file)
  throw new CommandError(`${file} has ${size} bytes: a document may have ${bound}`)
}

/** Refuses what nobody could open afterwards. */
function describe(file: string, update: Uint8Array): Summary {
  try {
    const { structs } = inspect(update)
    if (structs.length > 0) return summary(update)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new CommandError(`${file} is not a Yjs update: ${words}`, { cause: error })
  }
  throw new CommandError(`${file} is an update with nothing in it`)
}

interface NewDocument {
  readonly folder: string
  readonly id: string
  readonly update: Uint8Array
  readonly at: number
  readonly described: Summary
}

async function store({ folder, id, update, at, described }: NewDocument): Promise<void> {
  const documents = await openSqliteStore({ folder })
  try {
    const { seq } = await documents.open(id)
    if (seq > 0) throw new CommandError(`Document "${id}" has content already; give another --id`)
    await documents.append([{ document: id, update, at, author: '' }])
    await documents.describe(id, described)
  } finally {
    await documents.close()
  }
}
