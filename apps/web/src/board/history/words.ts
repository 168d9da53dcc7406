/** What the history says: points, people, changes and trouble in short words. Pure. */
import type { ShapeKind } from '@kolam/board'
import { shapesText } from '../../home/documents.ts'
import { HttpError } from '../../lib/http.ts'
import { changesText } from '../save-words.ts'
import { momentText, timeText } from './days.ts'
import { countNews, type News, type Point, type ShapeNews } from './points.ts'

/** Names that are told before the rest is a number. */
const NAMES_MAX = 3

/** What a point is called in the list. */
export function pointTitle({ name, kind, at }: Point): string {
  if (name !== '') return name
  return kind === 'before-restore' ? 'Before going back' : timeText(at)
}

/** The line below it: the time, where that is not the title already, and who; `more` of whom there is no room for. */
export function pointDetail(point: Point): { readonly text: string; readonly more: number } {
  if (point.damaged) return { text: 'Damaged: it cannot be opened', more: 0 }
  const names = namesOf(whoOf(point))
  const who = names.slice(0, NAMES_MAX).join(', ')
  const more = Math.max(0, names.length - NAMES_MAX)
  if (pointTitle(point) === timeText(point.at)) return { text: who, more }
  return { text: `${timeText(point.at)} · ${who}`, more }
}

/** The whole of a point for a screen reader. */
export function pointLabel(point: Point, now: number): string {
  const title = pointTitle(point)
  const when = momentText(point.at, now)
  const start = title === timeText(point.at) ? when : `${isolated(title)}, ${when}`
  if (point.damaged) return `${start}. ${pointDetail(point).text}`
  return `${start}, by ${peopleText(whoOf(point))}`
}

/** The point inside a sentence: `14:32 today, “Plan A”`; the time first, because a name may be cut. */
export function pointInWords(point: Point, now: number): string {
  const when = momentText(point.at, now)
  return point.name === '' ? when : `${when}, “${isolated(point.name)}”`
}

/** `Ada, Grace, Linus and 2 more`; whoever has no name is somebody. */
export function peopleText(names: readonly string[]): string {
  const all = namesOf(names)
  const shown = all.slice(0, NAMES_MAX).join(', ')
  return all.length > NAMES_MAX ? `${shown} and ${all.length - NAMES_MAX} more` : shown
}

/** What the banner says of the changes before the moment that is looked at. */
export function sinceText(news: News, compare: 'before' | 'now'): string {
  const count = countNews(news)
  if (compare === 'now') {
    return count === 0 ? 'Nothing has changed since then' : `${changesText(count)} since then`
  }
  const since = news.from === 0 ? 'since the beginning' : 'since the version before'
  return count === 0 ? `No changes ${since}` : `${changesText(count)} ${since}`
}

/** `Bring back 3 shapes`. */
export function bringBackText(count: number): string {
  return `Bring back ${shapesText(count)}`
}

/** What was done, when everything or some shapes came back. */
export function broughtBackText(count: number | null, at: number, now: number): string {
  const when = momentText(at, now)
  if (count === null) return `The board is as it was at ${when}`
  return `${count === 1 ? '1 shape is' : `${count} shapes are`} as at ${when}`
}

const KIND_WORDS: Readonly<Record<ShapeKind, string>> = {
  rectangle: 'Rectangle',
  ellipse: 'Ellipse',
  diamond: 'Diamond',
  line: 'Line',
  arrow: 'Arrow',
  text: 'Text',
  draw: 'Drawing',
  image: 'Picture',
  frame: 'Frame',
  group: 'Group',
  foreign: 'Something unknown',
}

/** `Rectangle “Plan”`. */
export function shapeText({ kind, text }: ShapeNews): string {
  return text === '' ? KIND_WORDS[kind] : `${KIND_WORDS[kind]} “${isolated(text)}”`
}

const PROP_WORDS: Readonly<Record<string, string>> = {
  position: 'moved',
  parent: 'moved',
  size: 'resized',
  points: 'reshaped',
  ink: 'drawn further',
  text: 'text',
  angle: 'turned',
  order: 'order',
  locked: 'lock',
  opacity: 'opacity',
  start: 'connection',
  end: 'connection',
  asset: 'picture',
}

/** What of a shape differs, in a few words. */
export function propsText(props: readonly string[]): string {
  return [...new Set(props.map((prop) => PROP_WORDS[prop] ?? 'style'))].join(', ')
}

/** What is said when the server could not do it; a sentence. */
export function troubleText(error: unknown): string {
  if (!(error instanceof HttpError)) return 'The server’s answer was not understood.'
  if (error.code === 'unreachable') return 'The server does not answer.'
  return /[.!?…]$/.test(error.message) ? error.message : `${error.message}.`
}

/** Why a version cannot be shown. */
export function cannotOpenText(error: unknown): string {
  if (!(error instanceof HttpError)) return 'This version cannot be read here.'
  if (error.code === 'not-found') {
    return 'This version is not kept any more: older ones are thinned out with time.'
  }
  if (error.code === 'damaged') return 'This version is damaged on the server’s disk.'
  return `This version could not be fetched. ${troubleText(error)}`
}

/** Why nobody can go back right now, or an empty string. */
export function whyNoReturn({ readOnly, live }: { readOnly: boolean; live: boolean }): string {
  if (readOnly) return 'This board can only be read here, so nothing can be brought back.'
  if (live) return ''
  return 'Without the server nothing can be brought back: the board as it is now is kept there first.'
}

function namesOf(names: readonly string[]): string[] {
  const all = [...new Set(names.map((name) => isolated(name || 'Somebody')))]
  return all.length === 0 ? ['Somebody'] : all
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/** Text that is written from the right does not take the words around it along. */
function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}

function whoOf({ kind, author, authors }: Point): readonly string[] {
  return kind === 'before-restore' && authors.length === 0 ? [author] : authors
}
