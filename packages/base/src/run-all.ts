/** Runs every function although some throw. Never swallows: what was thrown is thrown again at the end. */

/** Runs all of them in order; then rethrows the one error, or an AggregateError of several. */
export function runAll(functions: Iterable<() => void>): void {
  const errors: unknown[] = []
  for (const run of functions) {
    try {
      run()
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} functions threw`)
}
