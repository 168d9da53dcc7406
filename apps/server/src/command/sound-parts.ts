/** One document out of a database, or a refusal where anything of it is damaged. */
import { type DatabaseReader, examineDocument } from '@kolam/persistence/sqlite'
import { decoder } from './decoder.ts'
import { CommandError } from './errors.ts'

/** The snapshot and the updates after it, in order. */
export function soundParts(reader: DatabaseReader, id: string): Uint8Array[] {
  const document = reader.read(id)
  if (!document) throw new CommandError(`There is no document "${id}"`)
  const [problem] = examineDocument(document, decoder).problems
  if (problem !== undefined) throw new CommandError(`Document "${id}" is damaged: ${problem}`)
  const { snapshot, updates } = document
  const upto = snapshot?.seq ?? 0
  const tail = updates.filter(({ seq }) => seq > upto).map(({ bytes }) => bytes)
  return snapshot ? [snapshot.bytes, ...tail] : tail
}
