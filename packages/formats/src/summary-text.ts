/** An import in one line, for people. */
import type { ImportSummary } from './imported-scene.ts'

/** For example "14 shapes, 1 kind not drawn yet: embeddable". */
export function summaryText(summary: ImportSummary): string {
  const { shapes, notDrawn, repaired, dropped } = summary
  const parts = [plural(shapes, 'shape')]
  if (repaired > 0) parts.push(`${repaired} repaired`)
  if (dropped > 0) parts.push(`${dropped} left out`)
  if (notDrawn.length > 0) {
    const kinds = notDrawn.map(({ kind }) => kind).join(', ')
    parts.push(`${plural(notDrawn.length, 'kind')} not drawn yet: ${kinds}`)
  }
  return parts.join(', ')
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
