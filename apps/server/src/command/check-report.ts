/** What a check found, for people and for programs. */
import type { CheckReport, Problem } from '@kolam/persistence/sqlite'
import type { Outcome } from './command.ts'
import { countText } from './words.ts'

/** The outcome of a call that checked `what`. */
export function checkOutcome(what: string, report: CheckReport): Outcome {
  const { problems, unlisted, documents, updates, assets, missing } = report
  const ok = problems.length === 0
  const counts = [
    countText(documents, 'document'),
    countText(updates, 'update'),
    countText(assets, 'picture'),
  ].join(', ')
  const total = problems.length + unlisted
  const verdict = ok ? 'all is well' : `${countText(total, 'problem')} found`
  return {
    kind: 'said',
    ok,
    data: { ok, documents, updates, assets, problems, unlisted, missing },
    text: [`${what}: ${counts}; ${verdict}`, ...linesOf(report)].join('\n'),
  }
}

function linesOf({ problems, unlisted, missing }: CheckReport): string[] {
  return [
    ...problems.map((problem) => `  ${problemText(problem)}`),
    ...(unlisted > 0 ? [`  and ${countText(unlisted, 'more problem')}`] : []),
    ...missing.map(({ document, asset }) => {
      return `  Note: document "${document}" shows picture ${asset}, which is not here`
    }),
  ]
}

function problemText({ in: place, id, what }: Problem): string {
  const names = { database: 'The database', document: `Document "${id}"`, asset: `Picture ${id}` }
  return `${names[place]}: ${what}`
}
