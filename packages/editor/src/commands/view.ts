/** Looking closer and further. */
import { unionBoxes } from '@kolam/geometry'
import type { Desk } from '../desk.ts'
import { FIT_ZOOM_MAX, SELECTION_ZOOM_MAX } from '../limits.ts'
import { commandsOf, hasSelection } from './command.ts'

/** Show all there is. */
export function zoomToFit({ board, camera }: Desk): void {
  camera.fit(board.contentBounds(), FIT_ZOOM_MAX)
}

/** Show what is selected; everything if nothing is. */
export function zoomToSelection(desk: Desk): void {
  const { board, camera, selection } = desk
  const around = unionBoxes([...selection.ids].map((id) => board.pageBounds(id)))
  if (around) camera.fit(around, SELECTION_ZOOM_MAX)
  else zoomToFit(desk)
}

export const VIEW_COMMANDS = commandsOf('View', [
  {
    id: 'zoom-in',
    title: 'Zoom in',
    keys: ['mod+=', 'mod++'],
    run: ({ camera }) => camera.zoomStep(1),
  },
  {
    id: 'zoom-out',
    title: 'Zoom out',
    keys: ['mod+-', 'mod+_'],
    run: ({ camera }) => camera.zoomStep(-1),
  },
  {
    id: 'zoom-100',
    title: 'Zoom to 100 %',
    keys: ['shift+0', 'mod+0'],
    run: ({ camera }) => camera.zoomTo(1),
  },
  { id: 'zoom-fit', title: 'Zoom to fit', keys: ['shift+1'], run: zoomToFit },
  {
    id: 'zoom-selection',
    title: 'Zoom to selection',
    keys: ['shift+2'],
    when: hasSelection,
    run: zoomToSelection,
  },
])
