/** Looking into JSON that anybody may have written. Never throws. */

/** An object parsed from JSON. */
export type Json = Readonly<Record<string, unknown>>

/** Whether `value` is an object, not an array. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A number one can draw with. */
export function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** The elements when it is an array, else none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The strings among the elements of an array, else none. */
export function stringsOf(value: unknown): string[] {
  return listOf(value).filter((entry) => typeof entry === 'string')
}

/** An own property of an object; what it inherits does not count. */
export function ownProperty(object: unknown, key: string): unknown {
  return isJson(object) && Object.hasOwn(object, key) ? object[key] : undefined
}

/** Whether `value` nests deeper than `depth`. */
export function nestsDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (depth === 0) return true
  return Object.values(value).some((entry) => nestsDeeper(entry, depth - 1))
}
