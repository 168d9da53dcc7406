/** `kolam serve`: the server, as `main.ts` starts it. */
import { type Command, DATA_OPTION } from './command.ts'
import { valueOf } from './data-folder.ts'

export const serve: Command = {
  name: 'serve',
  operands: [],
  summary: 'Run the server until SIGTERM or Ctrl+C',
  notes: ['Its settings are read from the environment; README.md lists them.'],
  options: { ...DATA_OPTION },
  run: async ({ flags }) => {
    const folder = valueOf(flags['data'])
    if (folder !== undefined) process.env['KOLAM_DATA'] = folder
    // It takes the signals and the exit code from here on.
    await import('../main.ts')
    return { kind: 'serving' }
  },
}
