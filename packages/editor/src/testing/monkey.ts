/** A monkey at a keyboard and a mouse: random input for an editor, from one seed. */
import type { Random } from '@kolam/base'
import type { Editor } from '../editor.ts'
import type { PointerInput, PointerType } from '../types.ts'
import { keyOf } from './drive.ts'

const KEYS = (
  'v h r o a l p t e q 4 Escape Delete Enter Tab Shift Alt mod+z mod+shift+z mod+d mod+a mod+g ' +
  'mod+shift+g shift+l shift+h shift+1 ArrowLeft shift+ArrowDown ] [ alt+a alt+shift+h mod+= mod+- ' +
  'mod+0 shift+. Space'
).split(' ')
const TYPES: readonly PointerType[] = ['mouse', 'mouse', 'mouse', 'pen', 'touch']

/** One random input; returns what it was, so that a failure can be read. */
export function monkey(editor: Editor, random: Random): string {
  const chance = random()
  if (chance < 0.55) return pointer(editor, random)
  if (chance < 0.75) return key(editor, random)
  return other(editor, random)
}

function pointer(editor: Editor, random: Random): string {
  const event = pointerInput(random)
  const at = `${Math.round(event.at.x)},${Math.round(event.at.y)}`
  const chance = random()
  if (chance < 0.3) {
    editor.pointerDown(event)
    return `down ${event.type}${event.id} ${at}`
  }
  if (chance < 0.75) {
    editor.pointerMove({ ...event, buttons: random() < 0.7 ? 1 : 0 })
    return `move ${event.type}${event.id} ${at}`
  }
  editor.pointerUp(event)
  return `up ${event.type}${event.id} ${at}`
}

function pointerInput(random: Random): PointerInput {
  const type = pick(TYPES, random)
  return {
    id: type === 'touch' ? 10 + Math.floor(random() * 3) : 1,
    type,
    button: random() < 0.9 ? 0 : Math.floor(random() * 3),
    buttons: 1,
    at: { x: random() * 600, y: random() * 600 },
    pressure: random(),
    shift: random() < 0.2,
    alt: random() < 0.2,
    mod: random() < 0.1,
    clicks: random() < 0.15 ? 2 : 1,
  }
}

function key(editor: Editor, random: Random): string {
  const name = pick(KEYS, random)
  const event = keyOf(name, name === 'Space' ? { key: ' ' } : {})
  if (random() < 0.8) editor.keyDown(event)
  else editor.keyUp(event)
  return `key ${name}`
}

const OTHERS: Readonly<Record<string, (editor: Editor, random: Random) => void>> = {
  tick: (editor) => editor.tick(),
  cancel: (editor) => editor.pointerCancel(),
  blur: (editor) => editor.blur(),
  leave: (editor) => editor.pointerLeave(),
  wheel: (editor, random) => {
    const at = { x: random() * 600, y: random() * 600 }
    editor.wheel({
      at,
      dx: random() * 200 - 100,
      dy: random() * 200 - 100,
      mod: random() < 0.5,
      shift: false,
    })
  },
  home: (editor) => editor.setCamera({ x: 0, y: 0, zoom: 1 }),
  run: (editor, random) => void editor.run(pick(editor.commands, random).id),
  style: (editor, random) =>
    editor.setStyle({ fontSize: 10 + random() * 40, fill: random() < 0.5 ? 'none' : '#aabbcc' }),
  paste: (editor) => void editor.pasteShapes(editor.copyShapes()),
  type: (editor) => {
    if (editor.editing !== null)
      editor.board.setText(editor.editing, `${editor.board.shape(editor.editing)?.text ?? ''}ab`)
  },
  select: (editor, random) =>
    editor.select([...editor.board.shapes()].filter(() => random() < 0.3).map(({ id }) => id)),
  trim: (editor) => {
    if (editor.board.size > 60)
      editor.board.remove([...editor.board.shapes()].slice(30).map(({ id }) => id))
  },
}

function other(editor: Editor, random: Random): string {
  const name = pick(Object.keys(OTHERS), random)
  OTHERS[name]?.(editor, random)
  return name
}

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('There is nothing to pick from')
  return item
}
