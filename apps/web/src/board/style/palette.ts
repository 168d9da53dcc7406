/** What the style panel offers. Colours are written as in light mode; the canvas adapts them. Values only. */
import type { ArrowHead } from '@kolam/board'
import type { StyleDefaults, StyleProp } from '@kolam/editor'

export interface Swatch {
  readonly name: string
  readonly color: string
}

export const STROKES: readonly Swatch[] = [
  { name: 'Ink', color: '#1e1e1e' },
  { name: 'Grey', color: '#8a8594' },
  { name: 'White', color: '#ffffff' },
  { name: 'Red', color: '#d83a34' },
  { name: 'Orange', color: '#e2711d' },
  { name: 'Yellow', color: '#d9a404' },
  { name: 'Green', color: '#2b9150' },
  { name: 'Teal', color: '#128c94' },
  { name: 'Blue', color: '#2070dd' },
  { name: 'Violet', color: '#6246ea' },
  { name: 'Pink', color: '#cf3d94' },
]

export const FILLS: readonly Swatch[] = [
  { name: 'White', color: '#ffffff' },
  { name: 'Grey', color: '#ebe8f0' },
  { name: 'Red', color: '#ffd5d1' },
  { name: 'Orange', color: '#ffe0c2' },
  { name: 'Yellow', color: '#fff1b0' },
  { name: 'Green', color: '#cdf1d8' },
  { name: 'Teal', color: '#c6eeec' },
  { name: 'Blue', color: '#d0e4ff' },
  { name: 'Violet', color: '#e2dbff' },
  { name: 'Pink', color: '#fcd9ee' },
]

/** One of a few values of a prop: `glyph` names its picture, `text` is shown instead of one. */
export interface Choice<Value> {
  readonly value: Value
  readonly label: string
  readonly glyph?: string
  readonly text?: string
}

/** A row of the panel: a prop with a few values. */
export type ChoiceRow = {
  readonly [Prop in StyleProp]: {
    readonly prop: Prop
    readonly label: string
    readonly choices: readonly Choice<StyleDefaults[Prop]>[]
  }
}[StyleProp]

export const ROWS: readonly ChoiceRow[] = [
  {
    prop: 'fillStyle',
    label: 'Fill style',
    choices: [
      { value: 'solid', label: 'Solid', glyph: 'fill-solid' },
      { value: 'hachure', label: 'Hachure', glyph: 'fill-hachure' },
      { value: 'cross-hatch', label: 'Cross-hatch', glyph: 'fill-cross' },
      { value: 'zigzag', label: 'Zigzag', glyph: 'fill-zigzag' },
    ],
  },
  {
    prop: 'strokeWidth',
    label: 'Width',
    choices: [
      { value: 1, label: 'Thin', glyph: 'width-1' },
      { value: 2, label: 'Medium', glyph: 'width-2' },
      { value: 4, label: 'Bold', glyph: 'width-4' },
      { value: 8, label: 'Heavy', glyph: 'width-8' },
    ],
  },
  {
    prop: 'dash',
    label: 'Line',
    choices: [
      { value: 'solid', label: 'Solid line', glyph: 'width-2' },
      { value: 'dashed', label: 'Dashed', glyph: 'dash-dashed' },
      { value: 'dotted', label: 'Dotted', glyph: 'dash-dotted' },
    ],
  },
  {
    prop: 'roughness',
    label: 'Look',
    choices: [
      { value: 0, label: 'Clean', glyph: 'rough-0' },
      { value: 1, label: 'Drawn', glyph: 'rough-1' },
      { value: 2, label: 'Sketchy', glyph: 'rough-2' },
    ],
  },
  {
    prop: 'radius',
    label: 'Corners',
    choices: [
      { value: 0, label: 'Sharp', glyph: 'corner-sharp' },
      { value: 12, label: 'Soft', glyph: 'corner-soft' },
      { value: 32, label: 'Round', glyph: 'corner-round' },
    ],
  },
  {
    prop: 'curve',
    label: 'Path',
    choices: [
      { value: 'sharp', label: 'Straight', glyph: 'curve-sharp' },
      { value: 'round', label: 'Curved', glyph: 'curve-round' },
      { value: 'elbow', label: 'Elbow', glyph: 'curve-elbow' },
    ],
  },
  {
    prop: 'font',
    label: 'Font',
    choices: [
      { value: 'hand', label: 'Hand', text: 'Aa' },
      { value: 'sans', label: 'Sans', text: 'Aa' },
      { value: 'serif', label: 'Serif', text: 'Aa' },
      { value: 'mono', label: 'Mono', text: 'Aa' },
    ],
  },
  {
    prop: 'fontSize',
    label: 'Size',
    choices: [
      { value: 16, label: 'Small', text: 'S' },
      { value: 20, label: 'Medium', text: 'M' },
      { value: 28, label: 'Large', text: 'L' },
      { value: 36, label: 'Very large', text: 'XL' },
    ],
  },
  {
    prop: 'textAlign',
    label: 'Align',
    choices: [
      { value: 'left', label: 'Left', glyph: 'align-left' },
      { value: 'center', label: 'Centre', glyph: 'align-center' },
      { value: 'right', label: 'Right', glyph: 'align-right' },
    ],
  },
]

export const HEADS: readonly Choice<ArrowHead>[] = [
  { value: 'none', label: 'None', glyph: 'head-none' },
  { value: 'arrow', label: 'Arrow', glyph: 'head-arrow' },
  { value: 'triangle', label: 'Triangle', glyph: 'head-triangle' },
  { value: 'triangle-outline', label: 'Triangle outline', glyph: 'head-triangle-outline' },
  { value: 'bar', label: 'Bar', glyph: 'head-bar' },
  { value: 'circle', label: 'Circle', glyph: 'head-circle' },
  { value: 'circle-outline', label: 'Circle outline', glyph: 'head-circle-outline' },
  { value: 'diamond', label: 'Diamond', glyph: 'head-diamond' },
  { value: 'diamond-outline', label: 'Diamond outline', glyph: 'head-diamond-outline' },
  { value: 'one', label: 'One', glyph: 'head-one' },
  { value: 'many', label: 'Many', glyph: 'head-many' },
  { value: 'one-or-many', label: 'One or many', glyph: 'head-one-or-many' },
  { value: 'exactly-one', label: 'Exactly one', glyph: 'head-exactly-one' },
  { value: 'zero-or-one', label: 'Zero or one', glyph: 'head-zero-or-one' },
  { value: 'zero-or-many', label: 'Zero or many', glyph: 'head-zero-or-many' },
]
