/** The four typefaces of a board and how a canvas names them. Loads nothing. */
import type { FontName, TextStyle } from '@kolam/board'

/** CSS font families; the page that hosts the canvas provides the named faces. */
export const FONT_FAMILIES: Readonly<Record<FontName, string>> = {
  hand: '"Shantell Sans Variable", "Segoe Print", "Bradley Hand", cursive',
  sans: '"Inter Variable", system-ui, sans-serif',
  serif: 'ui-serif, Georgia, serif',
  mono: '"JetBrains Mono Variable", ui-monospace, monospace',
}

/** The `font` of a canvas context for this style. */
export function canvasFont({ font, fontSize }: Pick<TextStyle, 'font' | 'fontSize'>): string {
  return `${fontSize}px ${FONT_FAMILIES[font]}`
}
