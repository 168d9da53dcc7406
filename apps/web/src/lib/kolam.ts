/**
 * The drawing Kolam is named after: a line that loops around dots without ever lifting. Pure.
 *
 * Each dot sits in a cell. In each cell four strands join the middles of neighbouring sides. At a side
 * shared by two dots a strand goes straight on into the next cell; at a side without a neighbour it
 * turns back around its dot. Together the strands are one closed line (or a few).
 */

export interface Dot {
  readonly x: number
  readonly y: number
}

interface Side {
  readonly x: number
  readonly y: number
}

/** Sides in clockwise order: up, right, down, left. */
const SIDES: readonly Side[] = [
  { x: 0, y: -1 },
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
]

/** Dots in the rows of a diamond: 1, 3, 5 … up to `widest` and down again, around 0,0. */
export function diamondDots(widest: number): Dot[] {
  const reach = (widest - 1) / 2
  const dots: Dot[] = []
  for (let y = -reach; y <= reach; y++) {
    const half = reach - Math.abs(y)
    for (let x = -half; x <= half; x++) dots.push({ x, y })
  }
  return dots
}

/** The line around the dots as an SVG path; one dot's cell is 1 wide. */
export function kolamPath(dots: readonly Dot[]): string {
  const places = new Set(dots.map(({ x, y }) => `${x},${y}`))
  const open = ({ x, y }: Dot, side: Side): boolean => places.has(`${x + side.x},${y + side.y}`)
  return dots
    .flatMap((dot) =>
      SIDES.map((from, i) => {
        const to = SIDES[(i + 1) % 4] ?? from
        return strand(dot, [from, open(dot, from)], [to, open(dot, to)])
      }),
    )
    .join('')
}

/** How far the line swings out around a dot that has no neighbour there. */
const SWING = 0.44
/** Length of the handles of the curves. */
const PULL = 0.24
/** The same where the line sets out slantwise: shorter, or the loop would bulge at its neck. */
const SLANT_PULL = 0.19

type End = readonly [side: Side, open: boolean]

/** One curve from a side's middle to the next side's; it leaves at 45° where the way is open, else along the side. */
function strand(dot: Dot, [a, aOpen]: End, [b, bOpen]: End): string {
  const start = along(dot, a, aOpen ? 0.5 : SWING)
  const end = along(dot, b, bOpen ? 0.5 : SWING)
  const first = aOpen ? { x: b.x - a.x, y: b.y - a.y } : b
  const second = bOpen ? { x: a.x - b.x, y: a.y - b.y } : a
  const c1 = along(start, first, aOpen ? SLANT_PULL : PULL)
  const c2 = along(end, second, bOpen ? SLANT_PULL : PULL)
  return `M${xy(start)}C${xy(c1)} ${xy(c2)} ${xy(end)}`
}

function along(from: Dot, direction: Side, distance: number): Dot {
  return { x: from.x + direction.x * distance, y: from.y + direction.y * distance }
}

function xy({ x, y }: Dot): string {
  return `${round(x)} ${round(y)}`
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
