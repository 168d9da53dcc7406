/**
 * Names of assets in bytes: 64 hexadecimal digits in a row, wherever they stand. What the bytes mean is not looked at, so
 * more may be found than is shown, and never less: a name is written in one piece or is none.
 */

/** Digits of a SHA-256. */
const DIGITS = 64

/** Stands for every asset there is. */
export const ANY_ASSET = '*'

/** The names in these bytes, each once; of a longer row of digits the first and the last 64. More than `max` are any. */
export function assetNamesIn(bytes: Uint8Array, max = Number.POSITIVE_INFINITY): Set<string> {
  const names = new Set<string>()
  // Every row of 64 digits stands over a place divisible by 64: the others need not be looked at.
  for (let at = DIGITS - 1; at < bytes.length; at += DIGITS) {
    if (!isDigit(bytes[at]!)) continue
    const [begin, end] = rowAround(bytes, at)
    if (end - begin >= DIGITS) {
      names.add(textOf(bytes, begin))
      names.add(textOf(bytes, end - DIGITS))
    }
    if (names.size > max) return new Set([ANY_ASSET])
    at += Math.floor((end - 1 - at) / DIGITS) * DIGITS
  }
  return names
}

function rowAround(bytes: Uint8Array, at: number): [begin: number, end: number] {
  let [begin, end] = [at, at + 1]
  while (begin > 0 && isDigit(bytes[begin - 1]!)) begin -= 1
  while (end < bytes.length && isDigit(bytes[end]!)) end += 1
  return [begin, end]
}

/** 0 to 9 and a to f: names are written in small letters. */
function isDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66)
}

function textOf(bytes: Uint8Array, begin: number): string {
  return String.fromCharCode(...bytes.subarray(begin, begin + DIGITS))
}
