/** Options whose value is a point of a document's history. */
import { UsageError } from './errors.ts'

/** The number in the value of `--option`; throws a `UsageError` where it is none. Whether there is such a point is not asked. */
export function pointNumber(option: string, value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value)
  throw new UsageError(`--${option} is "${value}": allowed is the number of a point`)
}
