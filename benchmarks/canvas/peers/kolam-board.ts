/** A scene as Kolam's importer reads it, in a document. */
import { readFileSync } from 'node:fs'
import { board, formats, yjs } from '../kolam.ts'
import type { SceneFiles } from '../scenes/files.ts'

/** A document as bytes, and how many shapes it holds. */
export interface BoardUpdate {
  readonly update: Uint8Array
  readonly shapes: number
}

/** Puts the pictures into the server at `url`, and gives the document that names them. */
export async function boardUpdate(files: SceneFiles, url: string): Promise<BoardUpdate> {
  const { readExcalidraw, withAssets } = await formats()
  const read = readExcalidraw(readFileSync(files.excalidraw, 'utf8'))
  if (!read.ok) throw new Error(read.message)
  const stored = new Map<string, string>()
  for (const { key, type, bytes } of read.scene.assets) {
    stored.set(key, await upload(url, { type, bytes }))
  }
  const { Board } = await board()
  const { Doc, encodeStateAsUpdate } = await yjs()
  const made = new Board(new Doc())
  made.insert(withAssets(read.scene, stored))
  return { update: encodeStateAsUpdate(made.doc), shapes: made.size }
}

async function upload(url: string, asset: { type: string; bytes: Uint8Array }): Promise<string> {
  const answer = await fetch(`${url}/api/assets`, {
    method: 'POST',
    headers: { 'content-type': asset.type },
    body: new Uint8Array(asset.bytes),
  })
  const { id } = (await answer.json()) as { id: string }
  return id
}
