/** From an element to the props of a shape, by kind. */
import type { Random } from '@kolam/base'
import { isJson } from '../json.ts'
import type { Built, ShapeProps } from './built.ts'
import { readBox } from './box.ts'
import type { Element } from './element.ts'
import { leftoverForeign, wholeForeign } from './foreign.ts'
import { buildImage } from './image.ts'
import { buildInk } from './ink.ts'
import { buildLinear } from './linear.ts'
import type { Pictures } from './pictures.ts'
import { boxRadius, diamondRadius } from './roundness.ts'
import { angleOf, colorOf, readStyle } from './style.ts'
import { estimateSize, isWrapped, readLettering, readText } from './text.ts'

/** What building needs besides the element. */
export interface BuildContext {
  readonly random: Random
  readonly pictures: Pictures
}

/** The shape an element becomes, with its label and leftovers; null when there is nothing to see. */
export function buildElement(
  element: Element,
  context: BuildContext & { readonly label: Element | undefined },
): Built | null {
  const { label } = context
  const built = buildKind(element, context)
  if (built === null || built.props.kind === 'foreign') return built
  if (isNothing(built) && !label) return null
  const foreign = leftoverForeign(built, label)
  const props: ShapeProps = {
    ...built.props,
    ...(label ? labelProps(label, built.props) : {}),
    ...(foreign ? { foreign } : {}),
  }
  if (label?.repaired === true) element.repaired = true
  return { ...built, props }
}

function buildKind(element: Element, context: BuildContext): Built | null {
  switch (element.type) {
    case 'rectangle':
    case 'stickynote':
    case 'ellipse':
    case 'diamond':
      return buildBox(element, context.random)
    case 'line':
    case 'draw':
    case 'arrow':
      return buildLinear(element, context.random)
    case 'freedraw':
      return buildInk(element, context.random)
    case 'text':
      return buildText(element, context.random)
    case 'image':
      return buildImage(element, context)
    case 'frame':
      return buildFrame(element, context.random)
    default:
      return buildForeign(element, context.random)
  }
}

function buildBox(element: Element, random: Random): Built {
  const box = readBox(element)
  const common = { ...readStyle(element, random), angle: angleOf(element) }
  return { element, props: { ...common, ...boxKind(element, box) }, box, notDrawn: null }
}

function boxKind(element: Element, box: Built['box']) {
  if (element.type === 'ellipse') return { kind: 'ellipse' } as const
  if (element.type === 'diamond') {
    return { kind: 'diamond', radius: diamondRadius(element, box) } as const
  }
  return { kind: 'rectangle', radius: boxRadius(element, box) } as const
}

function buildText(element: Element, random: Random): Built | null {
  const wrapped = isWrapped(element)
  const lettering = readLettering(element, wrapped ? 'whole' : 'broken')
  if (lettering.text.trim() === '') return null
  const style = { ...readStyle(element, random), fill: 'none' }
  const props: ShapeProps = {
    ...style,
    ...lettering,
    kind: 'text',
    angle: angleOf(element),
    autoSize: !wrapped,
  }
  return { element, props, box: readBox(element, estimateSize(lettering)), notDrawn: null }
}

/** A point that is not even a dot of ink, nor an arrow that what holds it will stretch. */
function isNothing({ element, box, props }: Built): boolean {
  if (box.w > 0 || box.h > 0 || props.kind === 'draw') return false
  return !isJson(element.raw['startBinding']) && !isJson(element.raw['endBinding'])
}

/** A frame is never turned, and draws itself its own way. */
function buildFrame(element: Element, random: Random): Built {
  const { name } = element.raw
  const text =
    typeof name === 'string' ? readText({ ...element, raw: { text: name } }, 'broken') : ''
  const props = { ...readStyle(element, random), kind: 'frame', fill: 'none', text } as const
  return { element, props, box: readBox(element), notDrawn: null }
}

function buildForeign(element: Element, random: Random): Built {
  const style = readStyle(element, random)
  const angle = angleOf(element)
  const box = readBox(element)
  const props = { ...style, kind: 'foreign', angle, foreign: wholeForeign(element) } as const
  return { element, props, box, notDrawn: element.type }
}

/** A text as the label of a shape. */
function labelProps(label: Element, container: ShapeProps): Partial<ShapeProps> {
  const lettering = readLettering(label, 'whole')
  const stroke = container.stroke ?? ''
  const color = colorOf(label, 'strokeColor', stroke)
  return { ...lettering, textColor: color === stroke ? '' : color }
}
