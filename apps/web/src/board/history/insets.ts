/** What the islands take of the view while a version is looked at. Values only. */
import type { Size } from '@kolam/geometry'
import type { Insets } from './bring-into-view.ts'

/** As in the components' styles. */
const PHONE_PX = 640
const PANEL_PX = 320
const SHEET_PART = 0.46

/** Where nothing lies over the board. */
export function insetsOf({ w, h }: Size): Insets {
  if (w <= PHONE_PX) return { top: 150, right: 16, bottom: h * SHEET_PART + 72, left: 16 }
  return { top: 160, right: PANEL_PX + 36, bottom: 88, left: 24 }
}
