/** The server's lists of boards: reading the answers, searching in them. Pure. */
import { type DocumentInfo, type TrashedBoard, UNTITLED } from './documents.ts'

/** The boards in the server's answer; throws when it is not such an answer. */
export function readDocuments(answer: unknown): DocumentInfo[] {
  return listIn(answer).flatMap((entry) => readDocument(entry) ?? [])
}

/** The same for the trash. */
export function readTrash(answer: unknown): TrashedBoard[] {
  return listIn(answer).flatMap((entry) => {
    const board = readDocument(entry)
    const { trashedAt } = (entry ?? {}) as { trashedAt?: unknown }
    return board ? { ...board, trashedAt: typeof trashedAt === 'number' ? trashedAt : 0 } : []
  })
}

/** Boards whose title holds every word of the query, in the order they came. */
export function searchDocuments(
  documents: readonly DocumentInfo[],
  query: string,
): readonly DocumentInfo[] {
  const words = query.toLocaleLowerCase('en').split(/\s+/).filter(Boolean)
  if (words.length === 0) return documents
  return documents.filter(({ title }) => {
    const name = (title || UNTITLED).toLocaleLowerCase('en')
    return words.every((word) => name.includes(word))
  })
}

function listIn(answer: unknown): unknown[] {
  const list = (answer as { documents?: unknown } | null)?.documents
  if (!Array.isArray(list)) throw new TypeError('The answer holds no list of documents')
  return list
}

function readDocument(entry: unknown): DocumentInfo | null {
  if (typeof entry !== 'object' || entry === null) return null
  const { id, title, shapes, updatedAt } = entry as Record<string, unknown>
  if (typeof id !== 'string') return null
  return {
    id,
    title: typeof title === 'string' ? title : '',
    shapes: typeof shapes === 'number' ? shapes : 0,
    updatedAt: typeof updatedAt === 'number' ? updatedAt : 0,
  }
}
