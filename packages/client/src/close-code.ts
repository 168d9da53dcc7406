/** What a close code of the server means for coming back. PROTOCOL.md has the same as a table. */
import { CloseCode, isPermanent } from '@kolam/protocol'

/**
 * `never`: until somebody asks. `muchLater`: what we send is too large, and will be so again. `slowly`: the server is
 * there and cannot. `soon`: the line is gone, and nothing is known against the next one.
 */
export type ComeBack = 'never' | 'muchLater' | 'slowly' | 'soon'

/** When to try again after the server closed with this code. Codes nobody knows are a line that is gone. */
export function comeBackAfter(code: number): ComeBack {
  // A page that slept while its line was being opened said nothing in time: the next line may do better.
  if (code === CloseCode.Silent) return 'slowly'
  if (isPermanent(code)) return 'never'
  if (code === CloseCode.TooLarge) return 'muchLater'
  if (code === CloseCode.InternalError || code === CloseCode.TryLater) return 'slowly'
  return 'soon'
}
