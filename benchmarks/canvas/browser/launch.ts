/** The Chromium of Kolam's own browser tests, with nothing to talk to but this machine. */
import { type Browser, chromium } from '@playwright/test'
import { chromiumLaunch } from '../../../tooling/browser.ts'

export async function launch(): Promise<Browser> {
  const { args, ...rest } = chromiumLaunch()
  const alone = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'
  return chromium.launch({ ...rest, args: [...args, alone] })
}
