/** What a check found, for people and for programs. */
import type { CheckReport, Problem } from '@kolam/persistence/sqlite'
import type { Outcome } from './command.ts'
import { countText } from './words.ts'

/** The outcome of a call that checked `what`. */
export function checkOutcome(what: string, report: CheckReport): Outcome {
  const ok = report.problems.length === 0
  return { kind: 'said', ok, data: { ok, ...report }, text: checkText(what, report) }
}

/** What a check of `what` found, as words. */
export function checkText(what: string, report: CheckReport): string {
  const { problems, unlisted, documents, updates, points, assets } = report
  const counts = [
    countText(documents, 'document'),
    countText(updates, 'update'),
    ...(points > 0 ? [`${countText(points, 'point')} of history`] : []),
    countText(assets, 'picture'),
  ].join(', ')
  const total = problems.length + unlisted
  const verdict = total === 0 ? 'all is well' : `${countText(total, 'problem')} found`
  return [`${what}: ${counts}; ${verdict}`, ...linesOf(report)].join('\n')
}

function linesOf({ problems, unlisted, missing, quarantined }: CheckReport): string[] {
  return [
    ...problems.map((problem) => `  ${problemText(problem)}`),
    ...(unlisted > 0 ? [`  and ${countText(unlisted, 'more problem')}`] : []),
    ...missing.map(({ document, asset }) => {
      return `  Note: document "${document}" shows picture ${asset}, which is not here`
    }),
    ...(quarantined > 0 ? [`  Note: ${countText(quarantined, 'row')} in quarantine`] : []),
  ]
}

function problemText({ in: place, id, what }: Problem): string {
  const names = { database: 'The database', document: `Document "${id}"`, asset: `Picture ${id}` }
  return `${names[place]}: ${what}`
}
