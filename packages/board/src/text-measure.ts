/** The port through which headless code learns how large text is; the canvas implements it. */
import type { FontName } from './shape.ts'

export interface TextStyle {
  readonly font: FontName
  readonly fontSize: number
  readonly lineHeight: number
}

export interface MeasuredText {
  readonly w: number
  readonly h: number
  /** The text cut into lines as it is drawn. */
  readonly lines: readonly string[]
}

export interface TextMeasurer {
  /** Size of `text` in page units; lines break at newlines and, if `wrapAt` is not null, at that width. */
  measure(text: string, style: TextStyle, wrapAt: number | null): MeasuredText
}
