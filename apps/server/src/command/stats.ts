/** `kolam stats`: how much there is, and what it takes on disk. */
import { stat } from 'node:fs/promises'
import type { StoreStats } from '@kolam/persistence'
import { assetFiles } from '@kolam/persistence/sqlite'
import { type Command, DATA_OPTION, OUTPUT_OPTIONS, said } from './command.ts'
import { findData, withReader } from './data-folder.ts'
import { numberText, sizeText } from './words.ts'

export const stats: Command = {
  name: 'stats',
  operands: [],
  summary: 'Say how much there is and what it takes on disk',
  notes: [
    'Updates are those that no snapshot stands for yet; kolam compact puts snapshots in their place.',
  ],
  options: { ...DATA_OPTION, ...OUTPUT_OPTIONS },
  run: async (call) => {
    const data = await findData(call)
    const stored = await withReader(data, (reader) => reader.stats())
    const assets = await assetFiles(data.assets).list()
    const figures = {
      ...stored,
      databaseBytes: await sizeOf(data.database),
      walBytes: await sizeOf(`${data.database}-wal`),
      assets: assets.length,
      assetBytes: assets.reduce((sum, { size }) => sum + size, 0),
    }
    return said(textOf(data.folder, figures), { ok: true, folder: data.folder, ...figures })
  },
}

interface Figures extends StoreStats {
  readonly databaseBytes: number
  readonly walBytes: number
  readonly assets: number
  readonly assetBytes: number
}

function textOf(folder: string, figures: Figures): string {
  return [
    folder,
    `  documents             ${numberText(figures.documents)}`,
    `  in the trash          ${numberText(figures.trashed)}`,
    `  bytes of both         ${sizeText(figures.bytes)}`,
    `  updates not compacted ${numberText(figures.updates)}`,
    `  points of history     ${numberText(figures.points)}, ${sizeText(figures.historyBytes)}`,
    `  database file         ${sizeText(figures.databaseBytes)}`,
    `  write-ahead log       ${sizeText(figures.walBytes)}`,
    `  pictures              ${numberText(figures.assets)}, ${sizeText(figures.assetBytes)}`,
  ].join('\n')
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0
}
