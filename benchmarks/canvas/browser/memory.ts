/** The memory of the process a page runs in. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** What the largest renderer has of its own, in MB (10^6): canvases, buffers and heap alike. */
export async function rendererMb(page: Page): Promise<number> {
  const root = await page.context().browser()!.newBrowserCDPSession()
  const { processInfo } = await root.send('SystemInfo.getProcessInfo')
  await root.detach()
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  return Math.max(...renderers.map(({ id }) => anonymousMb(id)))
}

function anonymousMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return (Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6
}
