/** How far paint reaches outside a shape's bounds, in page units: for culling and damage. Pure. */
import type { Shape } from '@kolam/board'
import { headSize } from './arrow-heads.ts'
import { textArea } from './text-area.ts'

/** One strange shape must not make every search cover the whole board. */
export const MARGIN_MAX = 1_000

/** Names sit above frames, in CSS pixels at any zoom. */
export const NAME_ROOM = 24

/** An upper bound, cheap to work out; labels that flow over their shape are estimated. */
export function paintMargin(shape: Shape): number {
  const margin = Math.max(lineMargin(shape), textMargin(shape))
  return Number.isFinite(margin) ? Math.min(margin, MARGIN_MAX) : MARGIN_MAX
}

function lineMargin({ kind, strokeWidth, roughness, w, h }: Shape): number {
  const wobble = roughness * (4 + 0.005 * (Math.abs(w) + Math.abs(h)))
  const head = kind === 'arrow' ? headSize(strokeWidth, Infinity) * 0.6 : 0
  return strokeWidth * (kind === 'draw' ? 2.5 : 0.5) + wobble + head + 1
}

/** Characters are seldom wider than this many font sizes. */
const EM = 0.7

function textMargin(shape: Shape): number {
  const { text, fontSize, lineHeight, kind } = shape
  if (text === '' || kind === 'frame') return 0
  if (kind === 'text') return fontSize
  const { box, wrapAt } = textArea(shape)
  const width = Math.max(wrapAt ?? box.w, 1)
  const lines = text.split('\n').length + (text.length * fontSize * EM) / width
  const overflow = Math.max(0, lines * fontSize * lineHeight - box.h)
  return Math.max(overflow, kind === 'arrow' || kind === 'line' ? width / 2 : 0) + fontSize
}
