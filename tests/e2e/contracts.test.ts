/** The outside contracts people's scripts stand on: addresses, settings, health, attributes. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from './support/test.ts'

const MAIN = path.resolve(import.meta.dirname, '../../apps/server/src/main.ts')

test('/healthz answers 200 while serving, /metrics speaks Prometheus', async ({ server }) => {
  const health = await fetch(`${server.url}/healthz`)
  expect(health.status).toBe(200)
  const metrics = await fetch(`${server.url}/metrics`)
  expect(metrics.status).toBe(200)
  expect(await metrics.text()).toMatch(/^# HELP /m)
})

test('SIGTERM drains and exits 0; logs are JSON lines', async ({ server }) => {
  const lines = server.output.trim().split('\n')
  expect(lines.length).toBeGreaterThan(0)
  for (const line of lines) expect(typeof JSON.parse(line)).toBe('object')
  expect(await server.terminate()).toBe(0)
})

for (const [name, value] of [
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['KOLAM_ACCESS', 'everybody'],
  ['HOST', 'no such host'],
] as const) {
  test(`a bad setting is refused by name: ${name}=${JSON.stringify(value)}`, () => {
    const run = spawnSync(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], [name]: value },
      encoding: 'utf8',
      timeout: 20_000,
    })
    expect(run.status).not.toBe(0)
    expect(run.status).not.toBeNull()
    const said = run.stdout + run.stderr
    expect(said).toContain(name)
    expect(said).toContain(value)
  })
}

test('a bad document id is refused with a permanent close and a reason', async ({ server }) => {
  const socket = new WebSocket(`${server.syncUrl}/${encodeURIComponent('../etc')}`)
  const closed = await new Promise<CloseEvent>((resolve) => {
    socket.addEventListener('close', resolve)
  })
  expect(closed.code).toBe(4404)
  expect(closed.reason).not.toBe('')
})

test('the board carries data-shapes, data-idle, data-save and one file input from the start', async ({
  board,
  openTab,
}) => {
  const ada = await openTab(board)
  await expect(ada.root).toHaveAttribute('data-shapes', '0')
  await expect(ada.root).toHaveAttribute('data-idle', 'true')
  await expect(ada.root).toHaveAttribute('data-save', 'saved')
  await expect(ada.page.locator('input[type="file"]')).toHaveCount(1)
})

test('a new board is listed at home by its title, opened and renamed there', async ({
  server,
  board,
  openTab,
}) => {
  const ada = await openTab(board)
  await ada.dragTool('r', { x: 150, y: 150 }, { x: 250, y: 230 })
  await ada.saved()
  const home = await ada.page.context().newPage()
  await home.goto(server.url)
  const link = home.locator(`a[href="/b/${board}"]`).first()
  await expect(link).toBeVisible()

  const renamed = await fetch(`${server.url}/api/documents/${board}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Morning plans' }),
  })
  expect(renamed.status).toBeLessThan(300)
  await home.reload()
  await expect(home.getByText('Morning plans').first()).toBeVisible()
  await expect(ada.page).toHaveTitle(/Morning plans/)
  await link.click()
  await expect(home).toHaveURL(`${server.url}/b/${board}`)
  await expect(home.locator('[data-shapes]')).toHaveAttribute('data-shapes', '1')
})
