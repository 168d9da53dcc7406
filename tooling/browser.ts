/**
 * Which Chromium the browser tests use, and how it gets onto a machine that has none.
 *
 * In this order: `KOLAM_CHROMIUM`, Playwright's own, a system Chromium or Chrome; else one is
 * installed, by Playwright or (as root, where that cannot download) from the system's packages.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { chromium } from '@playwright/test'

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const INSTALL_LIMIT_MS = 10 * 60_000

/** Path of the Chromium to use, or null when the machine has none. */
export function findChromium(): string | null {
  const named = process.env['KOLAM_CHROMIUM']
  if (named) return named
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  return SYSTEM_NAMES.map(onPath).find((found) => found !== null) ?? null
}

/** Launch options for Playwright: the browser found, no traffic of its own. */
export function chromiumLaunch(): { executablePath?: string; args: string[] } {
  const found = findChromium()
  const args = ['--disable-background-networking', '--disable-component-update', '--disable-gpu']
  if (process.getuid?.() === 0) args.push('--no-sandbox')
  return found === null ? { args } : { executablePath: found, args }
}

/** Install a Chromium if there is none; throws with what was tried when that fails. */
export function ensureChromium(): string {
  const found = findChromium()
  if (found !== null) return found
  for (const [command, ...args] of installers()) {
    console.log(
      `No Chromium found. Trying: ${[command, ...args].map((a) => path.basename(a)).join(' ')}`,
    )
    spawnSync(command, args, { stdio: 'inherit', timeout: INSTALL_LIMIT_MS })
    const installed = findChromium()
    if (installed !== null) return installed
  }
  throw new Error('Cannot find or install Chromium. Install one, or set KOLAM_CHROMIUM to its path')
}

function installers(): [string, ...string[]][] {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')
  const own: [string, ...string[]] = [process.execPath, cli, 'install', '--with-deps', 'chromium']
  if (process.getuid?.() !== 0 || onPath('apt-get') === null) return [own]
  return [own, ['apt-get', 'update', '-qq'], ['apt-get', 'install', '-y', '-qq', 'chromium']]
}

function onPath(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      continue
    }
  }
  return null
}
