/** What people do to a document. */
import type { Random } from '@kolam/base'
import type * as Y from 'yjs'

/** Sets, deletes what others may be deleting too, moves things in a list, writes. */
export function editSomething(doc: Y.Doc, random: Random): void {
  const below = (bound: number): number => Math.floor(random() * bound)
  const shapes = doc.getMap('shapes')
  const list = doc.getArray('list')
  const text = doc.getText('text')
  const dice = random()
  if (dice < 0.3) shapes.set(`shape ${below(6)}`, random())
  else if (dice < 0.45) shapes.delete([...shapes.keys()][0] ?? '')
  else if (dice < 0.6) list.insert(below(list.length + 1), [random()])
  else if (dice < 0.7 && list.length > 0) list.delete(below(list.length), 1)
  else if (dice < 0.9) text.insert(below(text.length + 1), 'words ')
  else if (text.length > 4) text.delete(below(text.length - 4), 4)
}
