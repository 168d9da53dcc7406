/** Tables in Markdown, with columns of one width, as Prettier leaves them. */

/** A cell of the head; numbers are to the right. */
export interface Head {
  readonly title: string
  readonly right: boolean
}

export function tableOf(head: readonly Head[], rows: readonly (readonly string[])[]): string {
  const widths = head.map(({ title }, index) =>
    Math.max(3, title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => pad(cell, widths[index]!, head[index]!.right)).join(' | ')} |`
  const rule = head.map(({ right }, index) =>
    right ? `${'-'.repeat(widths[index]! - 1)}:` : '-'.repeat(widths[index]!),
  )
  return [line(head.map(({ title }) => title)), `| ${rule.join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  )
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width)
}
