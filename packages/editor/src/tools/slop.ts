/** How far a press must wander before it is a drag, and how near counts as on; fingers are given more. */
import { distance } from '@kolam/geometry'
import {
  DRAG_SLOP_PX,
  HANDLE_RADIUS_PX,
  HIT_MARGIN_PX,
  TOUCH_HANDLE_RADIUS_PX,
  TOUCH_HIT_MARGIN_PX,
  TOUCH_SLOP_PX,
} from '../limits.ts'
import type { PointerType } from '../types.ts'
import type { ToolPointer } from './tool.ts'

export function isDrag(from: ToolPointer, to: ToolPointer): boolean {
  const slop = to.type === 'touch' ? TOUCH_SLOP_PX : DRAG_SLOP_PX
  return distance(from.screen, to.screen) >= slop
}

/** Page units within which a pointer hits an outline. */
export function hitMargin(type: PointerType, zoom: number): number {
  return (type === 'touch' ? TOUCH_HIT_MARGIN_PX : HIT_MARGIN_PX) / zoom
}

/** Page units within which a pointer takes a handle. */
export function handleRadius(type: PointerType, zoom: number): number {
  return (type === 'touch' ? TOUCH_HANDLE_RADIUS_PX : HANDLE_RADIUS_PX) / zoom
}
