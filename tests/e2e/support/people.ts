/** Who else is on the board, as a tab lists them at the top. */
import type { Locator } from '@playwright/test'
import type { BoardPage } from './board-page.ts'

/** The others: four at most, and how many more. */
export function others({ page }: BoardPage): Locator {
  return page.getByRole('list', { name: /people on this board/i }).getByRole('listitem')
}
