/** The server's list of boards as values: reading the answer, searching in it. Pure. */

export interface DocumentInfo {
  readonly id: string
  readonly title: string
  readonly shapes: number
  readonly updatedAt: number
}

/** A board in the trash. */
export interface TrashedBoard extends DocumentInfo {
  readonly trashedAt: number
}

/** What a board without a title is called. */
export const UNTITLED = 'Untitled board'

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

/** `1 shape`, `12 shapes`. */
export function shapesText(count: number): string {
  return count === 1 ? '1 shape' : `${count.toLocaleString('en')} shapes`
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
