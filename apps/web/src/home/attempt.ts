/** What people do to boards at home, where the server may refuse it. */
import { HttpError } from '../lib/http.ts'
import { toasts } from '../ui/toasts.svelte.ts'

/** Whether `work` was done. Where it was not, a toast says `otherwise` and the server's own reason; never rejects. */
export async function attempt(work: Promise<void>, otherwise: string): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    const why = error instanceof HttpError ? error.message : ''
    toasts.show({ kind: 'trouble', text: `${otherwise} ${why}`.trim() })
    return false
  }
}
