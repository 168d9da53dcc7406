/** Commands by their group, in the order of their first. Pure. */
import type { Command } from '@kolam/editor'

export function groupCommands(
  commands: readonly Command[],
): readonly (readonly [group: string, commands: readonly Command[]])[] {
  const groups = new Map<string, Command[]>()
  for (const command of commands) {
    if (command.keys.length === 0) continue
    const group = groups.get(command.group)
    if (group) group.push(command)
    else groups.set(command.group, [command])
  }
  return [...groups]
}
