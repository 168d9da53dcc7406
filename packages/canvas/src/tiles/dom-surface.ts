/**
 * Tiles as elements that the browser's compositor moves and scales: sliding the camera draws nothing
 * anew, and what it costs is not spent where hands and pens are heard.
 */
import type { Box } from '@kolam/geometry'
import type { CreateContext } from '../canvases.ts'
import { TILE } from './grid.ts'
import type { Ground, Piece, Surface } from './surface.ts'

/** Shows tiles inside an element that fills the board's place on the page. */
export class DomSurface implements Surface {
  readonly #layer: HTMLElement
  /** How each element that is in the page stands there. */
  readonly #shown = new Map<HTMLElement, string>()
  readonly #papers: HTMLElement[] = []
  #ground = ''

  /** Goes into `root` above what is in there already. */
  constructor(root: HTMLElement) {
    this.#layer = root.ownerDocument.createElement('div')
    this.#layer.style.cssText = LAYER
    root.append(this.#layer)
  }

  readonly create: CreateContext = ({ w, h }, options) => {
    const canvas = this.#layer.ownerDocument.createElement('canvas')
    Object.assign(canvas, { width: w, height: h })
    canvas.style.cssText = PLACED
    return canvas.getContext('2d', options)
  }

  show(pieces: readonly Piece[], { paper, dpr }: Ground): void {
    const ground = paper ?? 'none'
    if (this.#ground !== ground) this.#layer.style.background = this.#ground = ground
    const wanted = new Set<HTMLElement>()
    let papers = 0
    for (const [order, { picture, rect }] of pieces.entries()) {
      const element = picture?.canvas ?? this.#paper(papers++, ground)
      wanted.add(element)
      this.#place(element, { rect, dpr, order })
    }
    for (const element of this.#shown.keys()) if (!wanted.has(element)) this.#remove(element)
  }

  dispose(): void {
    this.#layer.remove()
  }

  #place(
    element: HTMLElement,
    { rect, dpr, order }: { rect: Box; dpr: number; order: number },
  ): void {
    const { x, y, w, h } = rect
    const side = TILE * dpr
    const style = `translate(${x / dpr}px,${y / dpr}px) scale(${w / side},${h / side});${order}`
    const known = this.#shown.get(element)
    if (known === style) return
    const [transform = '', zIndex = ''] = style.split(';')
    Object.assign(element.style, { transform, zIndex })
    this.#shown.set(element, style)
    if (known === undefined) this.#layer.append(element)
  }

  #remove(element: HTMLElement): void {
    element.remove()
    this.#shown.delete(element)
  }

  #paper(index: number, paper: string): HTMLElement {
    const element = (this.#papers[index] ??= this.#layer.ownerDocument.createElement('div'))
    if (element.style.cssText === '') element.style.cssText = PLACED
    if (element.style.background !== paper) element.style.background = paper
    return element
  }
}

/** As large as what it is in; whatever is in there does not concern the page around it. */
const LAYER = 'position:absolute;inset:0;contain:strict'

/** A layer of its own, the size of a tile, moved and scaled from its corner. */
const PLACED =
  `position:absolute;inset:0 auto auto 0;width:${TILE}px;height:${TILE}px;` +
  'transform-origin:0 0;will-change:transform;pointer-events:none'
