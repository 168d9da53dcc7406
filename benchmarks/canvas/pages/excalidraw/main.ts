/** Excalidraw alone in a window, with the scene and the camera of the address. */
import { Excalidraw } from '@excalidraw/excalidraw'
import '@excalidraw/excalidraw/index.css'
import type {
  ExcalidrawImperativeAPI,
  ExcalidrawInitialDataState,
} from '@excalidraw/excalidraw/types'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { cameraAsked, type PeerHandle, sceneText } from '../handle.ts'

const scene = JSON.parse(await sceneText()) as ExcalidrawInitialDataState
const camera = cameraAsked()
const initialData = {
  ...scene,
  appState: {
    scrollX: -camera.x,
    scrollY: -camera.y,
    zoom: { value: camera.zoom },
  } as ExcalidrawInitialDataState['appState'] & object,
}

createRoot(document.querySelector('#root')!).render(
  createElement(Excalidraw, {
    initialData,
    excalidrawAPI: (api: ExcalidrawImperativeAPI) => void (window.peer = handleOf(api)),
    handleKeyboardGlobally: true,
    autoFocus: true,
  }),
)

function handleOf(api: ExcalidrawImperativeAPI): PeerHandle {
  return {
    shapes: () => api.getSceneElements().length,
    selected: () => Object.values(api.getAppState().selectedElementIds).filter(Boolean).length,
    camera: () => {
      const { scrollX, scrollY, zoom } = api.getAppState()
      return { x: -scrollX, y: -scrollY, zoom: zoom.value }
    },
    places: () =>
      Object.fromEntries(api.getSceneElements().map(({ id, x, y }) => [id, [x, y] as const])),
  }
}
