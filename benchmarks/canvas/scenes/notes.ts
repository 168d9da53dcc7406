/** Long notes: boxes full of text. */
import { NOTES } from '../config.ts'
import { between, oneOf, type Random, words } from './chance.ts'
import { type Element, elementOf, textFields } from './elements.ts'

const FILLS = ['#ffec99', '#b2f2bb', '#a5d8ff'] as const
const INSET = 10
/** Letters of a line that fill the width of a note. */
const LINE_LETTERS = 46

export function notesScene(random: Random): Element[] {
  const { notes, columns, cell } = NOTES
  return Array.from({ length: notes }, (_, note) => {
    const at = { x: (note % columns) * cell.w, y: Math.floor(note / columns) * cell.h }
    return noteAt(at, { random, place: note * 2 })
  }).flat()
}

interface NoteOptions {
  readonly random: Random
  /** Of its box; its text comes next. */
  readonly place: number
}

function noteAt(at: { x: number; y: number }, { random, place }: NoteOptions): Element[] {
  const { wordsMin, wordsMax, fontSize, width } = NOTES
  const text = words(random, Math.floor(between(random, wordsMin, wordsMax)))
  const fields = textFields(wrapped(text), fontSize)
  const box = { ...at, width, height: fields.height + 2 * INSET }
  const written = elementOf(
    {
      ...fields,
      type: 'text',
      x: at.x + INSET,
      y: at.y + INSET,
      originalText: text,
      containerId: `e${place}`,
    },
    place + 1,
  )
  const boundElements = [{ type: 'text', id: written.id }]
  const color = { backgroundColor: oneOf(random, FILLS), boundElements }
  return [elementOf({ ...box, ...color, type: 'rectangle' }, place), written]
}

/** The same words in lines that are no longer than a note is wide. */
export function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim()
    if (line.length <= LINE_LETTERS || lines.at(-1) === '') lines[lines.length - 1] = line
    else lines.push(word)
  }
  return lines.join('\n')
}
