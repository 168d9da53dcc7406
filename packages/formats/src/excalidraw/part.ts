/**
 * One list of elements that name each other: all of a drawing, or one item of a library.
 *
 * Names mean nothing outside of their list.
 */
import type { NewShape } from '@kolam/board'
import type { Box } from '@kolam/geometry'
import { bindEnds } from './binding.ts'
import { buildElement, type BuildContext } from './build.ts'
import type { Built } from './built.ts'
import { byName, readElements, type Element } from './element.ts'
import { findLabels, type Labels } from './labels.ts'
import { plantTree } from './tree.ts'

/** The shapes of one list and what became of its elements. */
export interface Part {
  readonly shapes: NewShape[]
  readonly bounds: Box | null
  readonly counts: Counts
}

/** Every live element is in one of the first three. */
export interface Counts {
  readonly shapes: number
  readonly labels: number
  readonly dropped: number
  readonly repaired: number
  /** What each shape that cannot be drawn yet is called. */
  readonly notDrawn: readonly string[]
}

/** Read one list of elements. */
export function readPart(list: readonly unknown[], context: BuildContext): Part {
  const { elements, dropped } = readElements(list)
  const named = byName(elements)
  const labels = findLabels(elements, named)
  const folded = new Set(labels.values())
  const standing = elements.filter((element) => !folded.has(element))
  const built = standing
    .map((element) => buildElement(element, { ...context, label: labels.get(element) }))
    .filter((one) => one !== null)
  const find = finder(built, { named, labels })
  const bound = built.map((one) => bindEnds(one, find))
  return {
    ...plantTree(bound, named),
    counts: {
      shapes: built.length,
      labels: folded.size,
      dropped: dropped + standing.length - built.length,
      repaired: built.filter(({ element }) => element.repaired).length,
      notDrawn: built.map(({ notDrawn }) => notDrawn).filter((kind) => kind !== null),
    },
  }
}

/** The shape that a name leads to: a label's name to its container. */
function finder(
  built: readonly Built[],
  { named, labels }: { named: ReadonlyMap<string, Element>; labels: Labels },
) {
  const byElement = new Map(built.map((one) => [one.element, one]))
  for (const [container, label] of labels) {
    const one = byElement.get(container)
    if (one) byElement.set(label, one)
  }
  return (name: string): Built | undefined => {
    const element = named.get(name)
    return element && byElement.get(element)
  }
}
