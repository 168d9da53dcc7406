/** `/api/documents/:id/history`: the points of a document, what happened between them, and going back. */
import type { PointInfo } from '@kolam/persistence'
import { isDocumentId } from '@kolam/protocol'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { Histories, Moment } from '../history/histories.ts'
import { refusals } from './api-error.ts'
import { limitBody } from './body-limit.ts'

/** The longest name of a point. */
export const POINT_NAME_MAX = 100

/** Shapes brought back one by one; for more, the whole document is brought back. */
const SHAPES_MAX = 10_000

/** So many ids of the longest kind, and room for the JSON around them. */
const BODY_BYTES_MAX = 2 * 1024 * 1024

const NAME_RULE = `a name has at most ${POINT_NAME_MAX} characters`
const Name = v.pipe(v.string(), v.transform(oneLine), v.maxLength(POINT_NAME_MAX, NAME_RULE))
/** Who somebody says they are; as in presence. */
const Author = v.optional(v.pipe(v.string(), v.transform(oneLine), v.maxLength(128)), '')

const KeepBody = v.object({
  name: v.optional(Name, ''),
  kind: v.optional(v.picklist(['named', 'before-restore']), 'named'),
  author: Author,
})
const RenameBody = v.object({ name: Name })
const RestoreBody = v.object({
  shapes: v.optional(
    v.nullable(
      v.pipe(
        v.array(v.pipe(v.string(), v.maxLength(128))),
        v.minLength(1),
        v.maxLength(SHAPES_MAX, `at most ${SHAPES_MAX} shapes are brought back one by one`),
      ),
    ),
    null,
  ),
  author: Author,
})

/** The routes below `/api/documents`. */
export function historyApi(histories: Histories): Hono {
  const limit = limitBody(BODY_BYTES_MAX)
  return new Hono()
    .get('/:id/history', async (context) => {
      return context.json({ points: await histories.list(idOf(context)) })
    })
    .post('/:id/history', limit, async (context) => {
      const words = await read(context, KeepBody)
      const number = await histories.keep(idOf(context), words)
      if (number === null) throw refusals.nothingToKeep()
      return context.json({ number }, 201)
    })
    .delete('/:id/history', async (context) => {
      await histories.squash(idOf(context))
      return context.json({ points: await histories.list(idOf(context)) })
    })
    .patch('/:id/history/:number', limit, async (context) => {
      const { name } = await read(context, RenameBody)
      const point = await pointOf(context, histories)
      await histories.rename(idOf(context), point.number, name)
      return context.json({ number: point.number, name })
    })
    .get('/:id/history/:number/state', async (context) => {
      const { number } = await pointOf(context, histories)
      const bytes = await histories.state(idOf(context), number)
      return context.body(Uint8Array.from(bytes), 200, {
        'content-type': 'application/octet-stream',
      })
    })
    .get('/:id/history/:number/changes', async (context) => {
      const { from, to } = await momentsOf(context, histories)
      const news = await histories.changes(idOf(context), from, to)
      return context.json({ from, to, ...news })
    })
    .post('/:id/history/:number/restore', limit, async (context) => {
      const request = await read(context, RestoreBody)
      const { number } = await pointOf(context, histories)
      return context.json(await histories.restore(idOf(context), number, request))
    })
}

function idOf(context: Context): string {
  const id = context.req.param('id') ?? ''
  if (!isDocumentId(id)) throw refusals.badDocumentId()
  return id
}

/** The point an address names; refused where there is none, or where it is damaged. */
async function pointOf(context: Context, histories: Histories): Promise<PointInfo> {
  const number = numberIn(context.req.param('number') ?? '')
  return findPoint(await histories.list(idOf(context)), number)
}

function findPoint(points: readonly PointInfo[], number: number | null): PointInfo {
  const point = points.find((known) => known.number === number)
  if (point) return point
  throw refusals.noPoint()
}

/** What is compared: the point before and this one, unless `from` says otherwise; `now` is the document as it is. */
async function momentsOf(
  context: Context,
  histories: Histories,
): Promise<{ from: number; to: Moment }> {
  const points = await histories.list(idOf(context))
  const named = context.req.param('number') ?? ''
  const to: Moment = named === 'now' ? 'now' : findPoint(points, numberIn(named)).number
  const end = to === 'now' ? Number.POSITIVE_INFINITY : to
  const asked = context.req.query('from')
  if (asked === undefined) {
    const before = points.findLast(({ number }) => number < end)
    return { from: before?.number ?? 0, to }
  }
  const from = asked === '0' ? 0 : findPoint(points, numberIn(asked)).number
  if (from >= end) throw refusals.badBody('"from" must be an earlier point')
  return { from, to }
}

function numberIn(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

async function read<S extends v.GenericSchema>(
  context: Context,
  schema: S,
): Promise<v.InferOutput<S>> {
  const text = await context.req.text()
  const result = v.safeParse(schema, text === '' ? {} : parse(text))
  if (!result.success) throw refusals.badBody(result.issues[0].message)
  return result.output
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw refusals.badBody('it is not JSON')
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
