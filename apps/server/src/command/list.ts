/** `kolam list`: the documents, the last changed first. */
import type { DocumentInfo } from '@kolam/persistence'
import { type Command, DATA_OPTION, OUTPUT_OPTIONS, said } from './command.ts'
import { findData, withReader } from './data-folder.ts'
import { numberText, sizeText, tableText, timeText } from './words.ts'

export const list: Command = {
  name: 'list',
  operands: [],
  summary: 'List the documents: id, title, shapes, bytes, last change',
  notes: [],
  options: {
    trash: { help: 'list what is in the trash instead' },
    ...DATA_OPTION,
    ...OUTPUT_OPTIONS,
  },
  run: async (call) => {
    const documents = await withReader(await findData(call), (reader) =>
      call.flags['trash'] === true ? reader.listTrash() : reader.list(),
    )
    return said(textOf(documents), { ok: true, documents })
  },
}

function textOf(documents: readonly DocumentInfo[]): string {
  if (documents.length === 0) return 'There are no documents'
  const rows = documents.map(({ id, title, shapes, bytes, updatedAt }) => {
    return [id, title, numberText(shapes), sizeText(bytes), timeText(updatedAt)]
  })
  return tableText(['ID', 'TITLE', 'SHAPES', 'SIZE', 'CHANGED'], rows)
}
