/** The boards this browser keeps: where they are, and what is written on them for a list. */
import { type KeptDocument, LazyStore } from '@kolam/client'

/** One store for all boards of this server. */
export const offlineBoards = new LazyStore(async () => {
  const { IndexedDbStore } = await import('@kolam/client/indexed-db')
  return new IndexedDbStore('kolam')
})

/** What a list shows of a board without opening it. */
export interface BoardLabel {
  readonly title: string
  readonly shapes: number
}

export interface KeptBoard extends BoardLabel {
  readonly id: string
  readonly updatedAt: number
  /** Changes that are only in this browser. */
  readonly unsaved: number
}

/** A label as the store keeps it. */
export function writeLabel({ title, shapes }: BoardLabel): string {
  return JSON.stringify({ title, shapes })
}

/** A board of the store's list; whatever is written there, it can be shown. */
export function readKept({ document, about, atMs, unsaved }: KeptDocument): KeptBoard {
  return { id: document, ...readLabel(about), updatedAt: atMs, unsaved }
}

function readLabel(about: string): BoardLabel {
  try {
    const { title, shapes } = JSON.parse(about) as Partial<Record<string, unknown>>
    return {
      title: typeof title === 'string' ? title : '',
      shapes: typeof shapes === 'number' ? shapes : 0,
    }
  } catch {
    return { title: '', shapes: 0 }
  }
}
