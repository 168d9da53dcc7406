/** The elements of an `.excalidraw` file as tldraw's own shapes, each kind as the one tldraw draws it with. */
import { b64Vecs, DIM_2D } from '@tldraw/tlschema'
import { IMAGES } from '../config.ts'
import type { Element, Point, SceneFile } from './elements.ts'
import { orderKey } from './order-key.ts'

/** A shape as `editor.createShapes` takes it. */
export interface Partial {
  readonly id: string
  readonly type: string
  readonly x: number
  readonly y: number
  readonly parentId?: string
  readonly props?: object
}

const COLORS: Readonly<Record<string, string>> = {
  '#1e1e1e': 'black',
  '#e03131': 'red',
  '#2f9e44': 'green',
  '#1971c2': 'blue',
  '#f08c00': 'orange',
}
/** The font size of size `s`; other sizes are scaled from it. */
const TEXT_SIZE = 18
const LABEL_SIZE = 18

/** All shapes, groups before what is in them. Texts in boxes become the boxes' labels. */
export function toTldraw(elements: readonly Element[]): Partial[] {
  const labels = new Map(
    elements.flatMap((one) => (one.containerId ? [[one.containerId, one] as const] : [])),
  )
  const groups = groupsOf(elements)
  const shapes = elements.filter(({ containerId }) => !containerId)
  return [
    ...Array.from(groups, ([id, { x, y }]): Partial => ({
      id: `shape:${id}`,
      type: 'group',
      x,
      y,
    })),
    ...shapes.map((element) => inGroup(shapeOf(element, labels.get(element.id)), element, groups)),
  ]
}

/** Assets of these files, which a server gives as `/files/<name>`. */
export function assetsOf(files: readonly SceneFile[]): object[] {
  return files.map(({ id, mimeType }) => ({
    id: `asset:${id}`,
    typeName: 'asset',
    type: 'image',
    props: {
      name: fileName(id),
      src: `/files/${fileName(id)}`,
      ...IMAGES.pixels,
      mimeType,
      isAnimated: false,
    },
    meta: {},
  }))
}

/** What a picture is called on the disk. */
export function fileName(id: string): string {
  return `${id}.png`
}

type Corner = { readonly x: number; readonly y: number }

/** The top left corner of each group. */
function groupsOf(elements: readonly Element[]): Map<string, Corner> {
  const groups = new Map<string, Corner>()
  for (const { groupIds, x, y } of elements) {
    const [id] = groupIds
    if (id === undefined) continue
    const before = groups.get(id) ?? { x, y }
    groups.set(id, { x: Math.min(before.x, x), y: Math.min(before.y, y) })
  }
  return groups
}

function inGroup(shape: Partial, { groupIds }: Element, groups: Map<string, Corner>): Partial {
  const corner = groupIds[0] === undefined ? undefined : groups.get(groupIds[0])
  if (!corner) return shape
  const { x, y } = { x: shape.x - corner.x, y: shape.y - corner.y }
  return { ...shape, x, y, parentId: `shape:${groupIds[0]}` }
}

function shapeOf(element: Element, label: Element | undefined): Partial {
  const { id, x, y } = element
  return { id: `shape:${id}`, x, y, ...kindOf(element, label) }
}

function kindOf(element: Element, label: Element | undefined): Pick<Partial, 'type' | 'props'> {
  const { type, width: w, height: h, points = [], fileId } = element
  const look = { color: COLORS[element.strokeColor] ?? 'black', dash: 'draw', size: 's' }
  const fill = element.backgroundColor === 'transparent' ? 'none' : 'solid'
  switch (type) {
    case 'rectangle':
    case 'ellipse':
    case 'diamond': {
      const words = label ? labelProps(label) : {}
      return { type: 'geo', props: { ...look, fill, geo: type, w, h, ...words } }
    }
    case 'text':
      return { type: 'text', props: textProps(element, look.color) }
    case 'arrow':
      return { type: 'arrow', props: { ...look, ...endsOf(points) } }
    case 'line':
      return { type: 'line', props: { ...look, points: cornersOf(points) } }
    case 'freedraw':
      return { type: 'draw', props: { ...look, segments: segmentsOf(points), isComplete: true } }
    case 'image':
      return { type: 'image', props: { w, h, assetId: `asset:${fileId}` } }
  }
}

function textProps({ text = '', fontSize = TEXT_SIZE }: Element, color: string): object {
  return { color, size: 's', font: 'draw', scale: fontSize / TEXT_SIZE, richText: richText(text) }
}

/** tldraw breaks lines itself. */
function labelProps({ originalText = '', fontSize = LABEL_SIZE }: Element): object {
  const look = {
    font: 'draw',
    align: 'start',
    verticalAlign: 'start',
    scale: fontSize / LABEL_SIZE,
  }
  return { ...look, richText: richText(originalText) }
}

/** What `toRichText` gives, which cannot be loaded without a page. */
function richText(text: string): object {
  const paragraph = (line: string): object =>
    line === ''
      ? { type: 'paragraph' }
      : { type: 'paragraph', content: [{ type: 'text', text: line }] }
  return { type: 'doc', content: text.split('\n').map(paragraph) }
}

function endsOf(points: readonly Point[]): object {
  const [x = 0, y = 0] = points.at(-1) ?? []
  return { start: { x: 0, y: 0 }, end: { x, y }, arrowheadEnd: 'arrow' }
}

function cornersOf(points: readonly Point[]): object {
  return Object.fromEntries(
    points.map(([x, y], place) => {
      const key = orderKey(place)
      return [key, { id: key, index: key, x, y }]
    }),
  )
}

function segmentsOf(points: readonly Point[]): object[] {
  const path = b64Vecs.encodePoints(
    points.map(([x, y]) => ({ x, y })),
    DIM_2D,
  )
  return [{ type: 'free', path, dim: DIM_2D }]
}
