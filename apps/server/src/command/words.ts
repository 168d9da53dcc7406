/** Numbers, sizes and tables as people read them. */

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** A size, as in `1.5 MB`. */
export function sizeText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000
    unit += 1
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0
  return `${value.toFixed(digits)} ${UNITS[unit]}`
}

/** A count with its noun, as in `1 document` and `1,000 documents`. */
export function countText(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A whole number with its thousands apart. */
export function numberText(value: number): string {
  return value.toLocaleString('en')
}

/** A moment, in UTC to the second. */
export function timeText(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Rows below a head, each column as wide as its widest cell. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')))
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)))
  return lines.map((cells) => cells.join('  ').trimEnd()).join('\n')
}

/** The text without what would steer the terminal: titles are anybody's. */
export function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\u2028\u2029]/gu, '\u{fffd}')
}
