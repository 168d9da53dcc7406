import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../fixtures/folder.ts'
import { kolam } from './fixtures/kolam.ts'

test.each([
  [['frobnicate'], 'There is no command "frobnicate"; kolam --help lists them'],
  [['backup'], 'backup needs <file>'],
  [['backup', ''], '<file> is empty'],
  [['backup', 'a', 'b'], 'backup does not take "b"'],
  [['list', 'plan'], 'list does not take "plan"'],
  [['list', '--loud'], "Unknown option '--loud'"],
  [['list', '--json=yes'], "Option '--json' does not take an argument"],
  [['list', '--data'], "Option '--data <value>' argument missing"],
  [['list', '--data='], '--data needs a value'],
  [['dump', 'x', '--as', 'pdf'], '--as is "pdf": allowed is update or json'],
  [['dump', 'x', '--json'], '--json with --as update needs --out: an update is binary'],
  [['fsck', '--mend'], "Unknown option '--mend'"],
])('%j is wrong use', async (args, words) => {
  const { code, output, errors } = await kolam('/nowhere', args)
  expect({ code, first: errors.split('\n')[0] }).toEqual({ code: 2, first: words })
  expect(output.slice(0, 11)).toBe(args.includes('--json') ? '{"ok":false' : '')
})

test('an update is not written to a screen', async () => {
  const { code, errors } = await kolam('/nowhere', ['dump', 'x'], { isScreen: true })
  expect({ code, errors }).toMatchObject({ code: 2, errors: expect.stringContaining('--out') })
})

test('the command alone says how it is used', async () => {
  const { code, errors } = await kolam('/nowhere', [])
  expect({ code, errors }).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/^Usage: kolam /),
  })
})

test('the help names every command, and every command has a help of its own', async () => {
  const general = await kolam('/nowhere', ['--help'])
  expect(general.code).toBe(0)
  const names = Array.from(general.output.matchAll(/^ {2}([a-z]+) /gm), ([, name]) => name!)
  expect(names).toEqual('serve backup restore list dump load compact stats fsck history'.split(' '))
  for (const name of names) {
    const { code, output } = await kolam('/nowhere', [name, '--help'])
    expect(code).toBe(0)
    expect(output).toMatch(new RegExp(`^Usage: kolam ${name}.*--data <folder>.*Exit codes`, 's'))
    for (const line of output.split('\n')) expect(line.length).toBeLessThanOrEqual(120)
  }
  expect((await kolam('/nowhere', ['fsck', '-h'])).output).toContain('With --repair')
})

test('--json answers with one object when it fails too', async () => {
  const { code, output } = await kolam('/nowhere', ['list', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(output)).toEqual({ ok: false, error: 'There is no Kolam data in /nowhere' })
})

/** The command as a process of its own. */
function start(args: readonly string[]): ReturnType<typeof spawn> {
  const file = fileURLToPath(new URL('../kolam.ts', import.meta.url))
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env['PATH'], PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

test('as a process it exits with the code, and serves until SIGTERM', async () => {
  expect(await once(start(['frobnicate']), 'close')).toEqual([2, null])
  const data = await temporaryFolder()
  const server = start(['serve', '--data', data])
  await new Promise<void>((resolve) => {
    createInterface({ input: server.stdout! }).on('line', (line) => {
      if (line.includes('"serving"')) resolve()
    })
  })
  const listed = start(['list', '--data', data])
  expect(await once(listed, 'close')).toEqual([0, null])
  const closed = once(server, 'close')
  server.kill('SIGTERM')
  expect(await closed).toEqual([0, null])
})
