/**
 * `.excalidraw` and `.excalidrawlib` files as shapes.
 *
 * Reads text and gives values; touches no document, no network and no clock. Never throws: whatever
 * can be shown is repaired, what a board does not know is kept, and a file that is no drawing is
 * refused with one sentence.
 */
import { systemRandom, type Random } from '@kolam/base'
import { readColor } from './color.ts'
import { layOutParts } from './excalidraw/library-layout.ts'
import { readPart, type Part } from './excalidraw/part.ts'
import { picturesIn } from './excalidraw/pictures.ts'
import { openSource, refuse, type Refusal } from './excalidraw/source.ts'
import type { ImportedScene, ImportSummary } from './imported-scene.ts'

/** A scene, or why there is none. */
export type ReadResult = { readonly ok: true; readonly scene: ImportedScene } | Refusal

/** Where missing seeds come from. */
export interface ReadOptions {
  readonly random?: Random
}

/** Read the text of a drawing or a library. */
export function readExcalidraw(text: string, options: ReadOptions = {}): ReadResult {
  const opened = openSource(text)
  if (!opened.ok) return opened
  const { lists, files, background } = opened.source
  const pictures = picturesIn(files)
  const context = { random: options.random ?? systemRandom, pictures }
  const parts = lists.map((list) => readPart(list, context))
  const { shapes, bounds } = layOutParts(parts)
  if (bounds === null) return refuse('empty', 'There is nothing to see in this drawing.')
  const scene: ImportedScene = {
    shapes,
    assets: pictures.assets,
    background: readColor(background),
    bounds,
    summary: summarize(parts),
  }
  return { ok: true, scene }
}

function summarize(parts: readonly Part[]): ImportSummary {
  const sum = (count: (part: Part) => number) => parts.reduce((n, part) => n + count(part), 0)
  return {
    shapes: sum(({ counts }) => counts.shapes),
    labels: sum(({ counts }) => counts.labels),
    repaired: sum(({ counts }) => counts.repaired),
    dropped: sum(({ counts }) => counts.dropped),
    notDrawn: countByKind(parts.flatMap(({ counts }) => counts.notDrawn)),
  }
}

function countByKind(kinds: readonly string[]): ImportSummary['notDrawn'] {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return Array.from(counts, ([kind, count]) => ({ kind, count }))
}
