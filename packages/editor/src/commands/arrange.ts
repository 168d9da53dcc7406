/** Order, alignment, turning, mirroring and nudging. */
import { align, distribute, flip, nudge, turn, type Edge } from '../actions/arrange.ts'
import { reorder } from '../actions/edit.ts'
import { NUDGE, NUDGE_FAR, ROTATE_STEP } from '../limits.ts'
import { canChange, canChangeMany, commandsOf } from './command.ts'

const ORDERS = [
  {
    id: 'bring-to-front',
    title: 'Bring to front',
    keys: [']', 'mod+alt+]', 'mod+shift+]'],
    to: 'front',
  },
  { id: 'bring-forward', title: 'Bring forward', keys: ['alt+]', 'mod+]'], to: 'forward' },
  { id: 'send-backward', title: 'Send backward', keys: ['alt+[', 'mod+['], to: 'backward' },
  {
    id: 'send-to-back',
    title: 'Send to back',
    keys: ['[', 'mod+alt+[', 'mod+shift+['],
    to: 'back',
  },
] as const

const ALIGNMENTS: readonly { edge: Edge; title: string; keys: readonly string[] }[] = [
  { edge: 'left', title: 'Align left', keys: ['alt+a', 'mod+shift+arrowleft'] },
  { edge: 'centre-x', title: 'Align centres in a column', keys: ['alt+h'] },
  { edge: 'right', title: 'Align right', keys: ['alt+d', 'mod+shift+arrowright'] },
  { edge: 'top', title: 'Align top', keys: ['alt+w', 'mod+shift+arrowup'] },
  { edge: 'centre-y', title: 'Align centres in a row', keys: ['alt+v'] },
  { edge: 'bottom', title: 'Align bottom', keys: ['alt+s', 'mod+shift+arrowdown'] },
]

const NUDGES = [
  { name: 'left', x: -1, y: 0 },
  { name: 'right', x: 1, y: 0 },
  { name: 'up', x: 0, y: -1 },
  { name: 'down', x: 0, y: 1 },
]

const SIZES = [
  { id: 'nudge', title: 'Nudge', keys: '', far: NUDGE },
  { id: 'nudge-far', title: 'Nudge far', keys: 'shift+', far: NUDGE_FAR },
]

export const ARRANGE_COMMANDS = [
  ...commandsOf(
    'Arrange',
    ORDERS.map(({ to, ...parts }) => ({
      ...parts,
      when: canChange,
      run: (desk) => reorder(desk, to),
    })),
  ),
  ...commandsOf(
    'Arrange',
    ALIGNMENTS.map(({ edge, title, keys }) => ({
      id: `align-${edge}`,
      title,
      keys,
      when: canChangeMany(2),
      run: (desk) => align(desk, edge),
    })),
  ),
  ...commandsOf('Arrange', [
    {
      id: 'distribute-x',
      title: 'Distribute in a row',
      keys: ['alt+shift+h'],
      when: canChangeMany(3),
      run: (desk) => distribute(desk, 'x'),
    },
    {
      id: 'distribute-y',
      title: 'Distribute in a column',
      keys: ['alt+shift+v'],
      when: canChangeMany(3),
      run: (desk) => distribute(desk, 'y'),
    },
    {
      id: 'flip-x',
      title: 'Flip horizontally',
      keys: ['shift+h'],
      when: canChange,
      run: (desk) => flip(desk, 'x'),
    },
    {
      id: 'flip-y',
      title: 'Flip vertically',
      keys: ['shift+v'],
      when: canChange,
      run: (desk) => flip(desk, 'y'),
    },
    {
      id: 'turn-right',
      title: 'Turn right by 15°',
      keys: ['shift+.'],
      when: canChange,
      run: (desk) => turn(desk, ROTATE_STEP),
    },
    {
      id: 'turn-left',
      title: 'Turn left by 15°',
      keys: ['shift+,'],
      when: canChange,
      run: (desk) => turn(desk, -ROTATE_STEP),
    },
  ]),
  ...commandsOf(
    'Arrange',
    SIZES.flatMap(({ id, title, keys, far }) =>
      NUDGES.map(({ name, x, y }) => ({
        id: `${id}-${name}`,
        title: `${title} ${name}`,
        keys: [`${keys}arrow${name}`],
        when: canChange,
        run: (desk) => nudge(desk, { x: x * far, y: y * far }),
      })),
    ),
  ),
]
