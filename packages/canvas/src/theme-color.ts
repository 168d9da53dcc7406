/**
 * Colours in dark mode: people choose one colour, written as in light mode; the other look follows.
 *
 * Hue stays. Lightness is turned over along a curve: near-black ink becomes near-white, pale fills
 * become deep, strong colours move only as far as it takes to stand out from dark paper.
 */
import { formatColor, parseColor } from './css-color.ts'
import { fromOklch, toOklch } from './oklch.ts'
import type { Theme } from './theme.ts'

/** Lightness in light mode → lightness in dark mode; straight lines between. */
const TURNED: readonly (readonly [light: number, dark: number])[] = [
  [0, 0.97],
  [0.25, 0.92],
  [0.5, 0.76],
  [0.68, 0.72],
  [0.78, 0.7],
  [0.83, 0.45],
  [0.9, 0.37],
  [1, 0.24],
]

const CACHE_MAX = 1_000
const cache = new Map<string, string>()

/** The colour to paint in this theme. A colour in no known notation is returned as it is. */
export function themeColor(color: string, theme: Theme): string {
  if (theme === 'light') return color
  const known = cache.get(color)
  if (known !== undefined) return known
  if (cache.size >= CACHE_MAX) cache.clear()
  const dark = darkColor(color)
  cache.set(color, dark)
  return dark
}

function darkColor(color: string): string {
  const rgba = parseColor(color)
  if (!rgba) return color
  const { l, c, h } = toOklch(rgba)
  const chroma = l > 0.85 ? deepChroma(c) : c
  return formatColor({ ...fromOklch({ l: turned(l), c: chroma, h }), a: rgba.a })
}

function turned(lightness: number): number {
  const after = TURNED.findIndex(([light]) => light >= lightness)
  const [x1, y1] = TURNED[after] ?? TURNED.at(-1) ?? [1, 0]
  const [x0, y0] = TURNED[after - 1] ?? [x1, y1]
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (lightness - x0)) / (x1 - x0)
}

/** The palest colours hardly have any chroma: as deep ones they need more of it to be told apart. */
function deepChroma(chroma: number): number {
  return Math.min(chroma * 1.5, 0.06 + chroma * 0.25)
}
