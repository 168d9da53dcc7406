/** Styles by key: copy and paste one, make the text larger or smaller. */
import type { Desk } from '../desk.ts'
import { FONT_SIZES } from '../limits.ts'
import { STYLE_PROPS, appliesTo, type StyleDefaults } from '../style.ts'
import { firstLeaf } from './edit.ts'

/** The style of the first selected shape: only the props it knows. */
export function pickStyle(desk: Desk): Partial<StyleDefaults> {
  const shape = firstLeaf(desk)
  if (!shape) return {}
  const known = STYLE_PROPS.filter((prop) => appliesTo(prop, shape.kind))
  return Object.fromEntries(known.map((prop) => [prop, shape[prop]]))
}

/** To the next size up (`1`) or down (`-1`). */
export function stepFontSize({ style }: Desk, direction: 1 | -1): void {
  const shown = style.shown.fontSize
  const now = shown === 'mixed' ? style.defaults.fontSize : shown
  const next =
    direction === 1
      ? FONT_SIZES.find((size) => size > now + 0.5)
      : FONT_SIZES.findLast((size) => size < now - 0.5)
  if (next !== undefined) style.set({ fontSize: next })
}
