/** Figures as the panel shows them; a dash for what is not known yet. Pure. */

const UNKNOWN = '–'
const BYTES_PER_MB = 1_000_000

/** `2.4 ms`, `264 ms`. */
export function msText(ms: number | undefined): string {
  return ms === undefined ? UNKNOWN : `${ms.toFixed(ms < 99.95 ? 1 : 0)} ms`
}

/** `12,000`. */
export function countText(count: number | undefined): string {
  return count === undefined ? UNKNOWN : count.toLocaleString('en')
}

/** `48.2 MB`: a figure that is watched keeps its digits. */
export function megabytesText(bytes: number | undefined): string {
  return bytes === undefined ? UNKNOWN : `${(bytes / BYTES_PER_MB).toFixed(1)} MB`
}
