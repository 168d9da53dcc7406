/** Which close codes are in the range that clients do not come back from by themselves. */

/** Whether trying again cannot help. Unknown codes, and none at all, count as passing troubles. */
export function isPermanent(code: number): boolean {
  return code >= 4400 && code < 4500
}
