/** What of a shape differs, in the words of who looks at it. Pure. */
import type { Shape } from '../shape.ts'
import { SHAPE_DEFAULTS } from '../shape.ts'
import { sameValue } from '../values.ts'
import type { MapDiff } from './map-diff.ts'

/** Told under another name, or as `other`. */
type Renamed = 'id' | 'at' | 'index' | 'w' | 'h' | 'foreign'

/**
 * The props of a shape by name, but `parent`: it is in something else; `position`: it moved in what it
 * is in; `order`: in front of or behind others; `size`: width or height; `other`: something this code
 * does not understand.
 */
export type ShownProp =
  Exclude<keyof Shape, Renamed> | 'parent' | 'position' | 'order' | 'size' | 'other'

const NAMES: Readonly<Partial<Record<keyof Shape, ShownProp>>> = {
  index: 'order',
  w: 'size',
  h: 'size',
  foreign: 'other',
}
const APART: ReadonlySet<string> = new Set(['at', 'text', 'ink'])
const PROPS = (['kind', 'index', ...Object.keys(SHAPE_DEFAULTS)] as (keyof Shape)[]).filter(
  (prop) => !APART.has(prop),
)

/** The names of what differs, sorted; never empty when there is a difference. */
export function shownProps(before: Shape, after: Shape, diff: MapDiff): ShownProp[] {
  const names = new Set<ShownProp>()
  for (const prop of PROPS) {
    if (!sameValue(before[prop], after[prop])) names.add(NAMES[prop] ?? (prop as ShownProp))
  }
  if (before.at[0] !== after.at[0]) names.add('parent')
  else if (!sameValue(before.at, after.at)) names.add('position')
  if (diff.label) names.add('text')
  if (diff.ink) names.add('ink')
  if (names.size === 0 || diff.keys.some(isStrange)) names.add('other')
  return [...names].toSorted()
}

/** Keys of a shape's map that are no props; `init` is told by the props it gives. */
function isStrange(key: string): boolean {
  return key !== 'init' && key !== 'index' && !Object.hasOwn(SHAPE_DEFAULTS, key)
}
