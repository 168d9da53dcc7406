/** `kolam restore`: a data folder from a backup, checked first. */
import { asideName, restoreBackup, verifyBackup } from '@kolam/persistence/sqlite'
import { checkOutcome } from './check-report.ts'
import { type Command, DATA_OPTION, OUTPUT_OPTIONS, said } from './command.ts'
import { dataFolderOf } from './data-folder.ts'
import { decoder } from './decoder.ts'
import { refuseTakenFolder, sourceFile } from './target-file.ts'
import { countText } from './words.ts'

export const restore: Command = {
  name: 'restore',
  operands: ['<file>'],
  summary: 'Make the data folder from a backup; no server may be using it',
  notes: [
    'The backup is checked first, and refused if anything in it is wrong. The folder must be empty or not there. With\n' +
      '--force what is in it is moved into a folder beside it, named with the time; nothing is ever deleted.',
    'If it is interrupted, the folder is as it was.',
  ],
  options: {
    force: { help: 'move what is in the folder aside' },
    'accept-damage': { help: 'restore a damaged backup as far as it goes' },
    ...DATA_OPTION,
    ...OUTPUT_OPTIONS,
  },
  run: async (call) => {
    const folder = dataFolderOf(call)
    const file = await sourceFile(call.operands[0]!)
    const force = call.flags['force'] === true
    if (!force) await refuseTakenFolder(folder)
    const report = await verifyBackup(file, { decoder, ...call.work })
    const found = checkOutcome(file, report)
    if (report.problems.length > 0 && call.flags['accept-damage'] !== true) return found
    const aside = force ? asideName(folder, new Date(call.now())) : null
    const restored = await restoreBackup({ file, folder, aside, ...call.work })
    const counts = `${countText(report.documents, 'document')}, ${countText(report.assets, 'picture')}`
    const words = [
      `${folder}: ${counts} restored`,
      ...(restored.aside === null ? [] : [`What was there is in ${restored.aside}`]),
      ...(report.problems.length === 0 ? [] : ['Damage was accepted; kolam fsck lists it']),
    ]
    const { documents, assets, problems } = report
    const data = { ok: true, folder, documents, assets, problems, ...restored }
    return said(words.join('\n'), data)
  },
}
