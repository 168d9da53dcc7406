/** Excalidraw alone in a window, with the scene and the camera of the address. */
import { Excalidraw } from '@excalidraw/excalidraw'
import '@excalidraw/excalidraw/index.css'
import type {
  ExcalidrawImperativeAPI,
  ExcalidrawInitialDataState,
} from '@excalidraw/excalidraw/types'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { cameraAsked, type PeerHandle, rootElement, sceneText } from '../handle.ts'

const scene = JSON.parse(await sceneText()) as ExcalidrawInitialDataState
const camera = cameraAsked()
// A zoom has a type of its own there, which no number is.
const appState: object = {
  scrollX: -camera.x,
  scrollY: -camera.y,
  zoom: { value: camera.zoom },
}
const initialData: ExcalidrawInitialDataState = { ...scene, appState }

createRoot(rootElement()).render(
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
