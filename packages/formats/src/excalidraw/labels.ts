/** Which texts are the labels of which shapes. */
import { isJson, listOf } from '../json.ts'
import type { Element } from './element.ts'
import { readText } from './text.ts'

const CONTAINERS = new Set(['rectangle', 'ellipse', 'diamond', 'arrow', 'stickynote'])

/** Labels by their containers, one each. */
export type Labels = ReadonlyMap<Element, Element>

/**
 * A text says which container it is in, or a container which texts it has. The first wins; a text
 * whose container is gone or taken stays a text of its own.
 */
export function findLabels(
  elements: readonly Element[],
  named: ReadonlyMap<string, Element>,
): Labels {
  const labels = new Map<Element, Element>()
  const listed = listedContainers(elements, named)
  for (const element of elements) {
    if (element.type !== 'text' || isBlank(element)) continue
    const name = element.raw['containerId']
    const says = typeof name === 'string' ? named.get(name) : listed.get(element)
    const container = says && CONTAINERS.has(says.type) && !labels.has(says) ? says : null
    if (container) labels.set(container, element)
    else if (typeof name === 'string') element.repaired = true
  }
  return labels
}

/** Whether there is nothing to read: such a text labels nothing. */
export function isBlank(text: Element): boolean {
  return readText(text, 'whole').trim() === ''
}

/** Texts that a container lists and that do not say so themselves. */
function listedContainers(
  elements: readonly Element[],
  named: ReadonlyMap<string, Element>,
): Map<Element, Element> {
  const containers = new Map<Element, Element>()
  for (const element of elements) {
    for (const entry of listOf(element.raw['boundElements'])) {
      if (!isJson(entry) || entry['type'] !== 'text' || typeof entry['id'] !== 'string') continue
      const text = named.get(entry['id'])
      if (text?.type === 'text' && !containers.has(text)) containers.set(text, element)
    }
  }
  return containers
}
