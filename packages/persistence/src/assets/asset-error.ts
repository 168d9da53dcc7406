/** Why an asset is refused. */

/** `type`: no image Kolam shows. `too-large`, `empty`: by size. `full`, `read-only`, `unavailable`: the disk's fault. */
export type AssetErrorCode = 'type' | 'too-large' | 'empty' | 'full' | 'read-only' | 'unavailable'

/** A refusal of the asset folder, told apart by its code. */
export class AssetError extends Error {
  override readonly name = 'AssetError'
  readonly code: AssetErrorCode

  constructor(code: AssetErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
