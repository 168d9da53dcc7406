/**
 * What a file knows of an element and a board does not: kept whole, never interpreted.
 *
 * A drawn shape keeps the fields nothing was made of; an element that cannot be drawn keeps all.
 */
import type { Foreign } from '@kolam/board'
import { nestsDeeper, type Json } from '../json.ts'
import { JSON_DEPTH_MAX } from '../limits.ts'
import type { Built } from './built.ts'
import { repair, type Element } from './element.ts'

/** The name under which foreign data says where it is from. */
export const APP = 'excalidraw'

/** Fields that a shape says itself, or that mean nothing outside of their file. */
const UNDERSTOOD = new Set([
  'id',
  'type',
  'x',
  'y',
  'width',
  'height',
  'angle',
  'strokeColor',
  'backgroundColor',
  'fillStyle',
  'strokeWidth',
  'strokeStyle',
  'roughness',
  'opacity',
  'roundness',
  'strokeSharpness',
  'seed',
  'version',
  'versionNonce',
  'index',
  'isDeleted',
  'groupIds',
  'frameId',
  'boundElements',
  'boundElementIds',
  'updated',
  'created',
  'locked',
  'font',
  'fontSize',
  'fontFamily',
  'text',
  'originalText',
  'rawText',
  'baseline',
  'textAlign',
  'verticalAlign',
  'containerId',
  'autoResize',
  'lineHeight',
  'points',
  'polygon',
  'lastCommittedPoint',
  'startBinding',
  'endBinding',
  'startArrowhead',
  'endArrowhead',
  'elbowed',
  'startIsSpecial',
  'endIsSpecial',
  'pressures',
  'simulatePressure',
  'fileId',
  'status',
  'scale',
  'crop',
  'name',
])

/** All of an element that cannot be drawn. */
export function wholeForeign(element: Element): Foreign {
  const { raw, type } = element
  const data = nestsDeeper(raw, JSON_DEPTH_MAX) ? repair(element, null) : raw
  return { app: APP, kind: type, data }
}

/** What is left of a drawn element, with what is left of its label; null when nothing is. */
export function leftoverForeign(
  { element, notDrawn }: Pick<Built, 'element' | 'notDrawn'>,
  label: Element | undefined,
): Foreign | null {
  // A picture that is missing can be found again by its name only.
  const own = { ...(notDrawn === null ? {} : fileOf(element)), ...leftover(element) }
  const ofLabel = label ? leftover(label) : {}
  const data = Object.keys(ofLabel).length > 0 ? { ...own, label: ofLabel } : own
  if (Object.keys(data).length === 0 && element.type !== 'stickynote') return null
  return { app: APP, kind: element.type, data }
}

function leftover(element: Element): Json {
  const entries = Object.entries(element.raw).filter(
    ([key, value]) => !UNDERSTOOD.has(key) && !isNothing(value),
  )
  const kept = entries.filter(([, value]) => !nestsDeeper(value, JSON_DEPTH_MAX))
  if (kept.length < entries.length) element.repaired = true
  return Object.fromEntries(kept)
}

function fileOf({ raw }: Element): Json {
  return typeof raw['fileId'] === 'string' ? { fileId: raw['fileId'] } : {}
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
