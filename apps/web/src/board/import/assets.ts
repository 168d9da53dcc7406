/** Puts pictures into the server's store, a few at a time. */
import { requestJson } from '../../lib/http.ts'

export interface AssetToUpload {
  /** What the file calls it. */
  readonly key: string
  readonly type: string
  readonly bytes: Uint8Array
}

export interface UploadOptions {
  readonly signal: AbortSignal
  /** Told after each picture. */
  readonly progress: (done: number) => void
}

/** Enough to keep the line busy, few enough to leave some for the drawing. */
const AT_ONCE = 3

/** The store's name of each picture it took; one that it refused is missing. Rejects when aborted. */
export async function uploadAssets(
  assets: readonly AssetToUpload[],
  { signal, progress }: UploadOptions,
): Promise<Map<string, string>> {
  const stored = new Map<string, string>()
  const waiting = [...assets]
  let done = 0
  const worker = async (): Promise<void> => {
    for (let asset = waiting.shift(); asset; asset = waiting.shift()) {
      const id = await tryUpload(asset, signal)
      if (id !== null) stored.set(asset.key, id)
      progress(++done)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return stored
}

/** Stores one picture; rejects with a sentence when the server refuses it. */
export async function uploadAsset(
  { type, bytes }: Omit<AssetToUpload, 'key'>,
  signal?: AbortSignal,
): Promise<string> {
  const answer = await requestJson('/api/assets', {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(bytes),
    ...(signal ? { signal } : {}),
  })
  const id = (answer as { id?: unknown } | null)?.id
  if (typeof id !== 'string') throw new TypeError('The server gave the picture no name')
  return id
}

async function tryUpload(asset: AssetToUpload, signal: AbortSignal): Promise<string | null> {
  try {
    return await uploadAsset(asset, signal)
  } catch (error) {
    if (signal.aborted) throw error
    return null
  }
}
