/** Images by their content, in a folder. */

export type { AsideRules, Collected } from './aside.ts'
export { AssetError, type AssetErrorCode } from './asset-error.ts'
export { type Asset, ASSET_BYTES_MAX, type Assets, openAssets, type StoredAsset } from './assets.ts'
