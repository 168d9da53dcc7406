/** Cross-checks the rules of a SPEC.md and the tests that cite them, both ways. */

/** Ids of the rules a SPEC defines: a list item that starts with a bold id, `- **R1** …`. */
export function rulesOf(spec: string): string[] {
  return [...spec.matchAll(/^\s*[-*]\s+\*\*([A-Z]{1,3}\d+)\*\*/gm)].map((match) => match[1]!)
}

/** Ids cited in the names of tests: `test('[R1,R2] …'`. */
export function citationsOf(test: string): string[] {
  return [...test.matchAll(/\[([A-Z]{1,3}\d+(?:\s*,\s*[A-Z]{1,3}\d+)*)\]/g)].flatMap((match) =>
    match[1]!.split(',').map((id) => id.trim()),
  )
}

/** What is wrong between one SPEC and all tests of its package, as sentences. */
export function specFaults(name: string, spec: string, tests: readonly string[]): string[] {
  const rules = rulesOf(spec)
  const cited = new Set(tests.flatMap(citationsOf))
  const twice = rules.filter((rule, i) => rules.indexOf(rule) !== i)
  return [
    ...(rules.length === 0 ? [`${name}: no rules found`] : []),
    ...twice.map((rule) => `${name}: rule ${rule} is defined twice`),
    ...rules.filter((rule) => !cited.has(rule)).map((rule) => `${name}: no test cites ${rule}`),
    ...[...cited]
      .filter((id) => !rules.includes(id))
      .map((id) => `${name}: a test cites ${id}, which is no rule`),
  ]
}
