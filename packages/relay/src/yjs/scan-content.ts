/** The content of items, read over and measured; of what applications stored nothing is made. Throws `MalformedUpdate`. */
import { utf8Decode } from '@kolam/base'
import { MalformedUpdate, type Reader } from './reader.ts'

/** Levels of a value that every client can walk, whatever it is doing then; nobody stores so deep a value. */
const DEPTH_MAX = 256

/** Array, map, text, element, fragment, hook, text of XML. */
const TYPES_MAX = 6
const ELEMENT = 3
const HOOK = 5

/** Reads over the content an item's lower bits name; returns how many clocks the item takes. */
export function scanContent(reader: Reader, kind: number): number {
  switch (kind) {
    case 1: // deleted
      return reader.uint()
    case 2:
      return scanJsonList(reader)
    case 3: // binary
      reader.skipMemory()
      return 1
    case 4: // text
      return reader.skipText()
    case 5: // embed
      scanJson(reader)
      return 1
    case 6: // format
      reader.skipText()
      scanJson(reader)
      return 1
    case 7:
      scanType(reader)
      return 1
    case 8:
      return scanAnyList(reader)
    case 9: // document
      reader.skipText()
      scanOptions(reader)
      return 1
    default:
      throw new MalformedUpdate(`no content is of kind ${kind}`)
  }
}

function scanType(reader: Reader): void {
  const type = reader.uint()
  if (type > TYPES_MAX) throw new MalformedUpdate(`there is no type ${type}`)
  if (type === ELEMENT || type === HOOK) reader.skipText()
}

/** What the first content of Yjs was, and what one of its values may be that JSON does not know. */
function scanJsonList(reader: Reader): number {
  const length = reader.uint()
  for (let i = 0; i < length; i++) {
    const text = reader.text()
    if (!isUndefined(text)) checkJson(text)
  }
  return length
}

function scanJson(reader: Reader): void {
  checkJson(reader.text())
}

/** Formats are mostly a word, which needs no parser. */
function checkJson(text: Uint8Array): void {
  if (isWord(text, NULL) || isWord(text, TRUE)) return
  try {
    JSON.parse(utf8Decode(text))
  } catch {
    throw new MalformedUpdate('a value is no JSON')
  }
  if (depthOf(text) > DEPTH_MAX) throw new MalformedUpdate('a value is too deep')
}

const NULL = [0x6e, 0x75, 0x6c, 0x6c]
const TRUE = [0x74, 0x72, 0x75, 0x65]
const UNDEFINED = [0x75, 0x6e, 0x64, 0x65, 0x66, 0x69, 0x6e, 0x65, 0x64]

function isUndefined(text: Uint8Array): boolean {
  return isWord(text, UNDEFINED)
}

function isWord(text: Uint8Array, word: readonly number[]): boolean {
  if (text.length !== word.length) return false
  for (let i = 0; i < word.length; i++) if (text[i] !== word[i]) return false
  return true
}

/** How deep JSON is nested, known to be JSON. */
function depthOf(json: Uint8Array): number {
  let depth = 0
  let deepest = 0
  let isText = false
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]
    if (isText && byte === BACKSLASH) at += 1
    else if (byte === QUOTE) isText = !isText
    else if (!isText && (byte === 0x5b || byte === 0x7b)) deepest = Math.max(deepest, (depth += 1))
    else if (!isText && (byte === 0x5d || byte === 0x7d)) depth -= 1
  }
  return deepest
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

function scanAnyList(reader: Reader): number {
  const length = reader.uint()
  for (let i = 0; i < length; i++) scanAny(reader, DEPTH_MAX)
  return length
}

/** The options of a document in a document, which must not be nothing. */
function scanOptions(reader: Reader): void {
  const kind = reader.byte()
  if (kind === 127 || kind === 126) throw new MalformedUpdate('a document has no options')
  scanValue(reader, kind, DEPTH_MAX)
}

function scanAny(reader: Reader, levels: number): void {
  scanValue(reader, reader.byte(), levels)
}

/** A value as lib0 writes any. */
function scanValue(reader: Reader, kind: number, levels: number): void {
  switch (kind) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return
    case 125:
      return reader.skipInt()
    case 124: // float of 32 bits
      return reader.skip(4)
    case 123: // float of 64 bits
    case 122: // integer of 64 bits
      return reader.skip(8)
    case 119:
      return void reader.skipText()
    case 118:
      return scanMembers(reader, { levels, hasKeys: true })
    case 117:
      return scanMembers(reader, { levels, hasKeys: false })
    case 116:
      return reader.skipMemory()
    default:
      throw new MalformedUpdate(`no value is of kind ${kind}`)
  }
}

function scanMembers(
  reader: Reader,
  { levels, hasKeys }: { levels: number; hasKeys: boolean },
): void {
  if (levels === 0) throw new MalformedUpdate('a value is too deep')
  const length = reader.uint()
  for (let i = 0; i < length; i++) {
    if (hasKeys) reader.skipText()
    scanAny(reader, levels - 1)
  }
}
