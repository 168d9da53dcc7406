/** A drawing with a bit of everything the canvas can paint. Runs in the page and in the test alike. */
import { FIRST_PAGE } from '@kolam/board'
import type { NewShape, Place } from '@kolam/board'

/** Where the drawing is, and how large: 1 is about 600 page units across. */
export interface MixedOptions {
  readonly x: number
  readonly y: number
  readonly size: number
}

/** What a picture shape shows. */
export const PICTURE = 'picture'

/** Closed forms, hand-drawn ones, text, strokes, arrows, frames, groups and pictures, thickest in the middle. */
export function mixedShapes({ x, y, size }: MixedOptions): NewShape[] {
  const name = (id: string): string => `${id}@${x},${y},${size}`
  const on = (dx: number, dy: number): Place => [FIRST_PAGE, x + dx * size, y + dy * size]
  const inside = (id: string, dx: number, dy: number): Place => [name(id), dx * size, dy * size]
  const box = (w: number, h: number) => ({ w: w * size, h: h * size })
  const line = { strokeWidth: 2 * size }
  const words = { fontSize: 20 * size }
  const route = (...points: readonly [number, number][]) =>
    points.map(([px, py]) => [px * size, py * size] as const)
  const held = (id: string) => ({
    id: name(id),
    anchor: [0.5, 0.5] as const,
    mode: 'edge' as const,
  })
  return [
    ...closedShapes(),
    ...handDrawn(),
    ...lines(),
    ...texts(),
    ...nested(),
    // Only its paint reaches over the middle, where tiles meet if that is at zero.
    { kind: 'rectangle', at: on(-43, -115), ...box(40, 30), strokeWidth: 24 * size },
    { kind: 'image', at: on(120, 110), ...box(160, 100), asset: PICTURE, radius: 12 * size },
    { kind: 'image', at: on(-6, 7), ...box(12, 9), asset: PICTURE, flipX: true, angle: 0.1 },
  ]

  function closedShapes(): NewShape[] {
    return [
      { kind: 'rectangle', at: on(-300, -220), ...box(610, 450), ...line, fill: '#e8eefc' },
      {
        kind: 'rectangle',
        id: name('box'),
        at: on(-260, -180),
        ...box(150, 90),
        ...line,
        fill: '#ffc9c9',
      },
      {
        kind: 'ellipse',
        id: name('oval'),
        at: on(90, -190),
        ...box(170, 110),
        ...line,
        fill: '#b2f2bb',
      },
      {
        kind: 'diamond',
        at: on(-70, -160),
        ...box(120, 120),
        ...line,
        fill: '#ffec99',
        angle: 0.3,
      },
      {
        kind: 'rectangle',
        at: on(-5, -4),
        ...box(70, 40),
        ...line,
        fill: '#a5d8ff',
        radius: 8 * size,
      },
      { kind: 'ellipse', at: on(-40, -30), ...box(55, 48), ...line, fill: '#d0bfff', opacity: 0.5 },
    ]
  }

  function handDrawn(): NewShape[] {
    const rough = { roughness: 1, ...line }
    return [
      {
        kind: 'rectangle',
        at: on(-250, -40),
        ...box(120, 80),
        ...rough,
        fill: '#1971c2',
        fillStyle: 'hachure',
        seed: 7,
      },
      {
        kind: 'ellipse',
        at: on(-110, 40),
        ...box(118, 90),
        ...rough,
        fill: '#e03131',
        fillStyle: 'cross-hatch',
        seed: 8,
      },
      {
        kind: 'diamond',
        at: on(40, 60),
        ...box(70, 80),
        ...rough,
        fill: '#2f9e44',
        fillStyle: 'zigzag',
        seed: 9,
      },
      {
        kind: 'rectangle',
        at: on(-12, -12),
        ...box(21, 23),
        ...rough,
        seed: 10,
        strokeWidth: size,
      },
    ]
  }

  function lines(): NewShape[] {
    const wave = Array.from({ length: 40 }, (_, i) => {
      return [i * 5 * size, Math.sin(i / 3) * 30 * size, 0.3 + (i % 7) / 10] as const
    })
    const bent = route([0, 0], [60, -50], [130, 10], [180, -40])
    return [
      {
        kind: 'draw',
        at: on(-100, 150),
        strokeWidth: 5 * size,
        ink: wave,
        pressure: true,
        stroke: '#e8590c',
      },
      {
        kind: 'draw',
        at: on(-14, 3),
        strokeWidth: size,
        ink: wave.map(([a, b, p]) => [a / 6, b / 6, p] as const),
      },
      {
        kind: 'arrow',
        at: on(0, 0),
        points: route([0, 0], [9, 9]),
        start: held('box'),
        end: held('oval'),
        endHead: 'arrow',
        text: 'holds',
        ...words,
        ...line,
      },
      {
        kind: 'arrow',
        at: on(-200, 130),
        points: bent,
        curve: 'round',
        startHead: 'circle',
        endHead: 'triangle',
        ...line,
      },
      { kind: 'line', at: on(-210, 190), points: bent, dash: 'dashed', ...line },
      {
        kind: 'line',
        at: on(-20, -20),
        points: route([0, 0], [22, 25], [44, 4]),
        dash: 'dotted',
        strokeWidth: size,
      },
    ]
  }

  function texts(): NewShape[] {
    return [
      {
        kind: 'text',
        at: on(-180, -215),
        ...box(200, 25),
        ...words,
        text: 'words on a line',
        font: 'sans',
      },
      {
        kind: 'text',
        at: on(-4, 1),
        ...box(40, 12),
        fontSize: 6 * size,
        text: 'small ÄÖß',
        font: 'serif',
      },
      {
        kind: 'rectangle',
        at: on(160, 20),
        ...box(130, 70),
        ...line,
        text: 'a label in two lines',
        ...words,
        font: 'mono',
        textAlign: 'center',
        verticalAlign: 'middle',
      },
    ]
  }

  function nested(): NewShape[] {
    return [
      {
        kind: 'frame',
        id: name('frame'),
        at: on(-290, 80),
        ...box(120, 100),
        text: 'Frame',
        fill: '#fff9db',
        angle: -0.1,
      },
      { kind: 'ellipse', at: inside('frame', 60, 50), ...box(120, 90), fill: '#f783ac', ...line },
      { kind: 'rectangle', at: inside('frame', -30, 10), ...box(80, 30), fill: '#63e6be', ...line },
      {
        kind: 'frame',
        id: name('little'),
        at: on(-9, 5),
        ...box(14, 7),
        text: '',
        fill: '#ffffff',
      },
      {
        kind: 'diamond',
        at: inside('little', 6, 2),
        ...box(14, 9),
        fill: '#fab005',
        strokeWidth: size,
      },
      { kind: 'group', id: name('group'), at: on(10, -60), opacity: 0.6 },
      { kind: 'rectangle', at: inside('group', 0, 0), ...box(60, 40), fill: '#ff8787', ...line },
      { kind: 'ellipse', at: inside('group', 30, 10), ...box(60, 50), fill: '#4dabf7', ...line },
    ]
  }
}
