/** `/api/trash`: what is in it, taking a document back, and removing it for good. */
import type { Store } from '@kolam/persistence'
import { isDocumentId } from '@kolam/protocol'
import { Hono } from 'hono'
import { refusals } from './api-error.ts'

/** The routes below `/api/trash`. */
export function trashApi({ store }: { readonly store: Store }): Hono {
  return new Hono()
    .get('/', async (context) => context.json({ documents: await store.listTrash() }))
    .post('/:id/take-back', async (context) => {
      const id = checked(context.req.param('id'))
      await store.takeBack(id)
      return context.json({ id })
    })
    .delete('/:id', async (context) => {
      const id = checked(context.req.param('id'))
      await store.remove(id)
      return context.json({ id })
    })
}

function checked(id: string): string {
  if (!isDocumentId(id)) throw refusals.badDocumentId()
  return id
}
