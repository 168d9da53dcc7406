/** `kolam backup`: everything in one file, while a server serves; and the check of such a file. */
import { verifyBackup, writeBackup } from '@kolam/persistence/sqlite'
import { checkOutcome } from './check-report.ts'
import {
  type Call,
  type Command,
  DATA_OPTION,
  type Outcome,
  OUTPUT_OPTIONS,
  said,
} from './command.ts'
import { findData } from './data-folder.ts'
import { decoder } from './decoder.ts'
import { sourceFile, targetFile } from './target-file.ts'
import { countText, sizeText } from './words.ts'

export const backup: Command = {
  name: 'backup',
  operands: ['<file>'],
  summary: 'Copy all documents and pictures into one file, also while a server is serving',
  notes: [
    'The file holds everything as it was at one moment. It appears when it is whole; what is there already is kept\n' +
      'unless --force is given, and then until the new one is whole.',
    'With --verify nothing is written: every document in <file> is opened, and every checksum compared.',
  ],
  options: {
    verify: { help: 'check the backup <file> instead of writing it' },
    force: { help: 'write over a file that is there' },
    ...DATA_OPTION,
    ...OUTPUT_OPTIONS,
  },
  run: (call) => (call.flags['verify'] === true ? verify(call) : write(call)),
}

async function write(call: Call): Promise<Outcome> {
  const { folder } = await findData(call)
  const file = await targetFile(call.operands[0]!, { force: call.flags['force'] === true })
  const written = await writeBackup({ folder, file, at: call.now(), ...call.work })
  const { documents, updates, assets, bytes } = written
  const counts = `${countText(documents, 'document')}, ${countText(assets, 'picture')}`
  return said(`${file}: ${counts}, ${sizeText(bytes)}`, {
    ok: true,
    file,
    documents,
    updates,
    assets,
    bytes,
  })
}

async function verify(call: Call): Promise<Outcome> {
  const file = await sourceFile(call.operands[0]!)
  return checkOutcome(file, await verifyBackup(file, { decoder, ...call.work }))
}
