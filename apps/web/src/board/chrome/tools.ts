/** The tools as the toolbar shows them. Values only. */
import type { ToolId } from '@kolam/editor'
import ArrowUpRight from '@lucide/svelte/icons/arrow-up-right'
import Circle from '@lucide/svelte/icons/circle'
import Diamond from '@lucide/svelte/icons/diamond'
import Eraser from '@lucide/svelte/icons/eraser'
import Hand from '@lucide/svelte/icons/hand'
import MousePointer from '@lucide/svelte/icons/mouse-pointer-2'
import Pencil from '@lucide/svelte/icons/pencil'
import Slash from '@lucide/svelte/icons/slash'
import Square from '@lucide/svelte/icons/square'
import Type from '@lucide/svelte/icons/type'
import type { Component } from 'svelte'

export interface ToolInfo {
  readonly label: string
  readonly key: string
  readonly icon: Component<{ size?: number; strokeWidth?: number }>
}

export const TOOLS: Readonly<Record<ToolId, ToolInfo>> = {
  select: { label: 'Select', key: 'V', icon: MousePointer },
  hand: { label: 'Hand', key: 'H', icon: Hand },
  rectangle: { label: 'Rectangle', key: 'R', icon: Square },
  diamond: { label: 'Diamond', key: '4', icon: Diamond },
  ellipse: { label: 'Ellipse', key: 'O', icon: Circle },
  arrow: { label: 'Arrow', key: 'A', icon: ArrowUpRight },
  line: { label: 'Line', key: 'L', icon: Slash },
  draw: { label: 'Draw', key: 'P', icon: Pencil },
  text: { label: 'Text', key: 'T', icon: Type },
  eraser: { label: 'Eraser', key: 'E', icon: Eraser },
}
