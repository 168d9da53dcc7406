/** tldraw alone in a window, with the scene and the camera of the address. */
import { getAssetUrls } from '@tldraw/assets/selfHosted'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { type Editor, Tldraw, type TLAsset, type TLShapePartial } from 'tldraw'
import 'tldraw/tldraw.css'
import { cameraAsked, type PeerHandle, rootElement, sceneText } from '../handle.ts'

interface Scene {
  readonly assets: TLAsset[]
  readonly shapes: TLShapePartial[]
}

const text = await sceneText()

createRoot(rootElement()).render(
  createElement(Tldraw, {
    onMount: open,
    options: { maxShapesPerPage: Number.MAX_SAFE_INTEGER },
    assetUrls: getAssetUrls({ baseUrl: '/tldraw-assets' }),
    autoFocus: true,
  }),
)

function open(editor: Editor): void {
  const { assets, shapes } = JSON.parse(text) as Scene
  const { x, y, zoom } = cameraAsked()
  editor.createAssets(assets.map(onThisHost))
  editor.createShapes(shapes)
  editor.clearHistory()
  editor.setCamera({ x: -x, y: -y, z: zoom }, { force: true })
  window.peer = handleOf(editor)
}

/** tldraw takes whole addresses only. */
function onThisHost(asset: TLAsset): TLAsset {
  if (asset.type !== 'image') return asset
  return { ...asset, props: { ...asset.props, src: `${location.origin}${asset.props.src}` } }
}

function handleOf(editor: Editor): PeerHandle {
  return {
    shapes: () => editor.getCurrentPageShapeIds().size,
    selected: () => editor.getSelectedShapeIds().length,
    camera: () => {
      const { x, y, z } = editor.getCamera()
      return { x: -x, y: -y, zoom: z }
    },
    places: () =>
      Object.fromEntries(
        editor.getCurrentPageShapes().map(({ id, x, y }) => [id, [x, y] as const]),
      ),
  }
}
