/** The document functions the history stands on, here and now: a command has nobody to keep waiting. */
import type { ServerDocuments } from '../documents/functions.ts'
import { historyJobs, runHistoryJob } from '../documents/history-jobs.ts'
import { makePoint } from '../history/make-point.ts'
import { mergePoints } from '../history/rewrite-points.ts'

/** For whoever makes, thins out and goes back to points. */
export const inlineDocuments: Pick<ServerDocuments, 'makePoint' | 'mergePoints' | 'restoreEdit'> = {
  makePoint: async (material) => makePoint(material),
  mergePoints: async (run) => mergePoints(run),
  restoreEdit: async (material) => {
    return runHistoryJob(historyJobs.restoreEdit(material)) as Uint8Array | null
  },
}
