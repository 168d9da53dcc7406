/** `kolam fsck`: checks everything in the data folder. Mends nothing. */
import { assetFiles, checkEverything } from '@kolam/persistence/sqlite'
import { checkOutcome } from './check-report.ts'
import { type Command, DATA_OPTION, OUTPUT_OPTIONS } from './command.ts'
import { findData, withReader } from './data-folder.ts'
import { decoder } from './decoder.ts'

export const fsck: Command = {
  name: 'fsck',
  operands: [],
  summary: 'Check everything in the data folder',
  notes: [
    'It checks the structure of the database, the checksum and number of every row, that every document can be opened,\n' +
      'and that every picture is what its name says. Each thing that is wrong is one line.',
    'A picture that a document shows and that is not there is noted: the document may have come from elsewhere.',
    'It only reads: there is no --repair yet. What is damaged is in your last backup.',
  ],
  options: { ...DATA_OPTION, ...OUTPUT_OPTIONS },
  run: async (call) => {
    const data = await findData(call)
    const report = await withReader(data, (reader) =>
      checkEverything({ reader, assets: assetFiles(data.assets), decoder, ...call.work }),
    )
    return checkOutcome(data.folder, report)
  },
}
