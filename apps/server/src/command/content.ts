/** All of a document as JSON, whatever is in it: nothing of a board's meaning is known here. */
import * as Y from 'yjs'

/** A shared type of whatever kind. */
type SharedType = Y.Doc extends { share: Map<string, infer T> } ? T : never

/** Every shared type of the document by its name, as plain values. */
export function contentOf(doc: Y.Doc): Record<string, unknown> {
  const names = [...doc.share.keys()].sort()
  return Object.fromEntries(names.map((name) => [name, typed(doc, name).toJSON()]))
}

/** As JSON text; bytes are `{"base64": "…"}`, numbers beyond what JSON keeps are text. */
export function contentText(content: object): string {
  return JSON.stringify(content, plainValue, 2)
}

function plainValue(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  return typeof value === 'bigint' ? String(value) : value
}

/** An update names its shared types and not what they are; what is in one tells. */
function typed(doc: Y.Doc, name: string): { toJSON(): unknown } {
  const type = doc.share.get(name)
  if (!type || type._map.size > 0) return doc.getMap(name)
  const first = firstContent(type)
  if (first instanceof Y.ContentString || first instanceof Y.ContentFormat) return doc.getText(name)
  if (first instanceof Y.ContentType && isXml(first.type)) return doc.getXmlFragment(name)
  return first ? doc.getArray(name) : doc.getMap(name)
}

function isXml(type: unknown): boolean {
  return type instanceof Y.XmlElement || type instanceof Y.XmlText
}

function firstContent(type: SharedType): Y.Item['content'] | null {
  let item = type._start
  while (item?.deleted) item = item.right
  return item?.content ?? null
}
