/** The history beside a board, driven as a person would. */
import { expect, type Locator } from '@playwright/test'
import type { BoardPage } from './board-page.ts'

export class HistoryPanel {
  readonly tab: BoardPage
  readonly panel: Locator
  readonly banner: Locator
  readonly now: Locator
  /** The button that brings the version that is shown back. */
  readonly back: Locator

  constructor(tab: BoardPage) {
    this.tab = tab
    this.panel = tab.page.locator('[data-history]')
    this.banner = tab.page.locator('[data-past]')
    this.now = this.panel.locator('[data-point="now"]')
    this.back = this.banner.getByRole('button', { name: 'Go back to this version' })
  }

  /** By the menu, as somebody who does not know the key. */
  async open(): Promise<void> {
    await this.tab.page.getByRole('button', { name: 'Menu', exact: true }).click()
    await this.tab.page.getByRole('menuitem', { name: 'History' }).click()
    await this.ready()
  }

  async ready(): Promise<void> {
    await expect(this.panel).toHaveAttribute('data-history', 'ready')
  }

  async close(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Close' }).click()
    await expect(this.panel).toHaveCount(0)
  }

  /** The version with this title. */
  row(title: string): Locator {
    return this.panel.locator('[data-point]', { hasText: title })
  }

  /** Keep the board as it is now, or name the version that is shown. */
  async nameThis(name: string): Promise<void> {
    await this.panel.getByRole('button', { name: 'Name this version' }).click()
    await this.tab.page.keyboard.type(name)
    await this.tab.page.keyboard.press('Enter')
    await expect(this.row(name)).toBeVisible()
  }

  /** Look at a version, and wait until it is on the board. */
  async choose(title: string): Promise<void> {
    await this.row(title).click()
    await this.shows(title)
  }

  async shows(title: string): Promise<void> {
    const number = await this.row(title).getAttribute('data-point')
    await expect(this.banner).toHaveAttribute('data-past', number ?? 'none')
  }

  /** The version that is shown has so many shapes. */
  async hasPastShapes(count: number): Promise<void> {
    await expect(this.tab.root).toHaveAttribute('data-past-shapes', String(count))
  }

  async showsNow(): Promise<void> {
    await expect(this.banner).toHaveCount(0)
    await expect(this.now).toHaveAttribute('aria-current', 'true')
  }
}
