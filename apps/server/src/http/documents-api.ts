/** `/api/documents`: the list, giving a document another title, and putting it into the trash. */
import { systemClock } from '@kolam/base'
import type { Store } from '@kolam/persistence'
import { isDocumentId } from '@kolam/protocol'
import type { Relay } from '@kolam/relay'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { ServerDocuments } from '../documents/functions.ts'
import { TITLE_MAX } from '../documents/summary.ts'
import { refusals } from './api-error.ts'
import { limitBody } from './body-limit.ts'

/** What the routes stand on. */
export interface DocumentsApi {
  readonly store: Store
  readonly relay: Relay
  readonly documents: ServerDocuments
}

/** A title and room for the JSON around it. */
const BODY_BYTES_MAX = 16 * 1024

const TitleBody = v.object({ title: v.string() })

/** The routes below `/api/documents`. */
export function documentsApi(api: DocumentsApi): Hono {
  return new Hono()
    .get('/', async (context) => context.json({ documents: await api.store.list() }))
    .patch('/:id', limitBody(BODY_BYTES_MAX), async (context) => {
      const id = context.req.param('id')
      if (!isDocumentId(id)) throw refusals.badDocumentId()
      const title = readTitle(await context.req.json<unknown>().catch(() => undefined))
      await rename(api, id, title)
      return context.json({ id, title })
    })
    .delete('/:id', async (context) => {
      const id = context.req.param('id')
      if (!isDocumentId(id)) throw refusals.badDocumentId()
      await api.relay.trash(id, systemClock.now())
      return context.json({ id })
    })
}

function readTitle(body: unknown): string {
  const result = v.safeParse(TitleBody, body)
  if (!result.success) throw refusals.badBody('it must be {"title": "…"} in JSON')
  const title = result.output.title.replace(/\s+/g, ' ').trim()
  if (title.length > TITLE_MAX) throw refusals.titleTooLong(TITLE_MAX)
  return title
}

/** An edit like any other: whoever has the document open sees it. The list is told at once. */
async function rename(
  { relay, store, documents }: DocumentsApi,
  id: string,
  title: string,
): Promise<void> {
  const { seq } = await store.open(id)
  if (seq === 0) throw refusals.noDocument()
  const bytes = await relay.read(id)
  const edit = await documents.titleEdit(bytes, title)
  if (edit) await relay.apply(id, edit, '')
  const { shapes } = await documents.summary(bytes)
  await store.describe(id, { title, shapes })
}
