/** Keys that sort as whole numbers do, in the grammar of fractional indexes: a file without them is repaired when opened. */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** The first letter says how many digits follow. */
const FIRST_LETTER = 'a'.charCodeAt(0)

/** The key of the element at a place, from 0 on. */
export function orderKey(place: number): string {
  let rest = place
  for (let digits = 1; ; digits++) {
    const room = DIGITS.length ** digits
    if (rest < room) return String.fromCharCode(FIRST_LETTER + digits - 1) + inDigits(rest, digits)
    rest -= room
  }
}

function inDigits(value: number, digits: number): string {
  let [text, rest] = ['', value]
  for (let left = digits; left > 0; left--) {
    text = DIGITS[rest % DIGITS.length]! + text
    rest = Math.floor(rest / DIGITS.length)
  }
  return text
}
