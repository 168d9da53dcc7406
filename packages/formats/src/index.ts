/** Other programs' files as shapes of a board. */

export {
  moveScene,
  withAssets,
  type ImportedAsset,
  type ImportedScene,
  type ImportSummary,
} from './imported-scene.ts'
export { ASSET_BYTES_MAX, ELEMENTS_MAX, FILE_BYTES_MAX } from './limits.ts'
export { readExcalidraw, type ReadOptions, type ReadResult } from './read-excalidraw.ts'
export { summaryText } from './summary-text.ts'
