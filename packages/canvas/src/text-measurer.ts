/**
 * Measures text with a canvas, so that measuring and drawing agree.
 *
 * Results are kept; when the page finishes loading a font everything kept is thrown away.
 */
import type { MeasuredText, TextMeasurer, TextStyle } from '@kolam/board'
import { createContext } from './canvases.ts'
import { canvasFont } from './fonts.ts'
import { wrapText } from './wrap-text.ts'

/** A measurer that also knows where the baseline runs: what drawing needs on top of measuring. */
export interface TextLayouter extends TextMeasurer {
  /** Distance from the top of a line to its baseline, in page units. */
  baseline(style: TextStyle): number
  /** Measure everything anew: a font has arrived. */
  forget(): void
}

/** What one font at size 1 looks like; the only thing that needs a real canvas. */
export interface FontRuler {
  width(text: string, style: TextStyle): number
  /** How far the font reaches above and below its baseline, as a share of its size. */
  extent(style: TextStyle): { readonly ascent: number; readonly descent: number }
}

/** Entries kept before the cache starts over; about 2 MB of strings at most in practice. */
const CACHE_MAX = 5_000

let measurer: TextLayouter | null = null

/** The page's measurer, which follows the fonts the page loads. One for all boards: it listens for good. */
export function textMeasurer(): TextLayouter {
  if (measurer) return measurer
  const layouter = layouterOver(canvasRuler())
  document.fonts.addEventListener('loadingdone', () => layouter.forget())
  return (measurer = layouter)
}

/** A measurer over any ruler. */
export function layouterOver(ruler: FontRuler): TextLayouter {
  return new CachedLayouter(ruler)
}

class CachedLayouter implements TextLayouter {
  readonly #ruler: FontRuler
  readonly #measured = new Map<string, MeasuredText>()
  readonly #baselines = new Map<string, number>()

  constructor(ruler: FontRuler) {
    this.#ruler = ruler
  }

  measure(text: string, style: TextStyle, wrapAt: number | null): MeasuredText {
    const key = `${style.font} ${style.fontSize} ${style.lineHeight} ${wrapAt ?? ''} ${text}`
    const known = this.#measured.get(key)
    if (known) return known
    if (this.#measured.size >= CACHE_MAX) this.#measured.clear()
    const measured = this.#measure(text, style, wrapAt)
    this.#measured.set(key, measured)
    return measured
  }

  baseline(style: TextStyle): number {
    const known = this.#baselines.get(style.font)
    const lift = known ?? baselineLift(this.#ruler.extent(style))
    this.#baselines.set(style.font, lift)
    return style.fontSize * (style.lineHeight / 2 + lift)
  }

  forget(): void {
    this.#measured.clear()
    this.#baselines.clear()
  }

  #measure(text: string, style: TextStyle, wrapAt: number | null): MeasuredText {
    const widthOf = (piece: string): number => this.#ruler.width(piece, style)
    const lines = wrapText(text, wrapAt, widthOf)
    const w = Math.max(0, ...lines.map(widthOf))
    return { w, h: lines.length * style.fontSize * style.lineHeight, lines }
  }
}

/** As CSS does it: ascent and descent together are centred in the line. */
function baselineLift({ ascent, descent }: { ascent: number; descent: number }): number {
  return (ascent - descent) / 2
}

/** Text is measured at one size and scaled: hinting must not make widths depend on the zoom. */
const RULER_SIZE = 100

function canvasRuler(): FontRuler {
  const context = createContext({ w: 1, h: 1 }, {})
  if (!context) throw new Error('This browser gives no 2D canvas to measure text with')
  const use = (style: TextStyle): CanvasRenderingContext2D => {
    const font = canvasFont({ font: style.font, fontSize: RULER_SIZE })
    if (context.font !== font) context.font = font
    return context
  }
  return {
    width: (text, style) => (use(style).measureText(text).width * style.fontSize) / RULER_SIZE,
    extent: (style) => {
      const metrics = use(style).measureText('x')
      return {
        ascent: metrics.fontBoundingBoxAscent / RULER_SIZE,
        descent: metrics.fontBoundingBoxDescent / RULER_SIZE,
      }
    },
  }
}
