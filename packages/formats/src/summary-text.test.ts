import { describe, expect, test } from 'vitest'
import type { ImportSummary } from './imported-scene.ts'
import { summaryText } from './summary-text.ts'

const CLEAN: ImportSummary = { shapes: 14, labels: 3, notDrawn: [], repaired: 0, dropped: 0 }

describe('summaryText', () => {
  test.each<[Partial<ImportSummary>, string]>([
    [{}, '14 shapes'],
    [{ shapes: 1 }, '1 shape'],
    [
      { notDrawn: [{ kind: 'embeddable', count: 4 }] },
      '14 shapes, 1 kind not drawn yet: embeddable',
    ],
    [
      {
        notDrawn: [
          { kind: 'embeddable', count: 1 },
          { kind: 'iframe', count: 1 },
        ],
      },
      '14 shapes, 2 kinds not drawn yet: embeddable, iframe',
    ],
    [{ repaired: 2, dropped: 1 }, '14 shapes, 2 repaired, 1 left out'],
  ])('%j', (summary, text) => {
    expect(summaryText({ ...CLEAN, ...summary })).toBe(text)
  })
})
