/** Small pictures of the style panel, as paths in a square of 24. Values only. */

export interface Glyph {
  readonly d: string
  /** Filled as well as drawn. */
  readonly filled?: boolean
  readonly width?: number
  readonly dashes?: string
}

const SHAFT = 'M3 12h'

export const GLYPHS: Readonly<Record<string, Glyph>> = {
  'fill-solid': { d: 'M5 7h14v10H5z', filled: true },
  'fill-hachure': { d: 'M5 7h14v10H5zM5 12l5-5M5 17 15 7M10 17l9-9M15 17l4-4', width: 1.4 },
  'fill-cross': {
    d: 'M5 7h14v10H5zM5 12l5-5M5 17 15 7M10 17l9-9M15 17l4-4M19 12l-5-5M19 17 9 7M14 17 5 8M9 17l-4-4',
    width: 1.2,
  },
  'fill-zigzag': { d: 'M5 7h14v10H5zM6 15l3-6 2 6 3-6 2 6 2-6', width: 1.4 },
  'width-1': { d: 'M4 12h16', width: 1.2 },
  'width-2': { d: 'M4 12h16', width: 2.2 },
  'width-4': { d: 'M4 12h16', width: 4 },
  'width-8': { d: 'M5 12h14', width: 7 },
  'dash-dashed': { d: 'M3.5 12h17', width: 2.2, dashes: '4 3.5' },
  'dash-dotted': { d: 'M4 12h16', width: 2.4, dashes: '0.1 4' },
  'rough-0': { d: 'M4 15c3-9 5-9 8-3s5 6 8-3' },
  'rough-1': {
    d: 'M3.6 15.3C6 6.5 8.7 5.2 12.2 12c3 6.4 5.4 5 7.6-2.6M4.6 14C7 8 9 7.6 11.4 12.4',
  },
  'rough-2': {
    d: 'M3.4 15.6C6 6 8.8 5.4 12.4 12.2c2.8 6.2 5.2 4.6 7.8-3M4.4 13.4c2.2-8 5.2-6.4 7.2-1.6 2.6 7 6 5.6 8-3.6M5 16.4C7 9 9.6 8 11.6 13',
    width: 1.4,
  },
  'corner-sharp': { d: 'M6 19V6h13' },
  'corner-soft': { d: 'M6 19v-9a4 4 0 0 1 4-4h9' },
  'corner-round': { d: 'M6 19A13 13 0 0 1 19 6' },
  'curve-sharp': { d: 'm4 17 7-9 9 6' },
  'curve-round': { d: 'M4 17C8 3 14 6 20 14' },
  'curve-elbow': { d: 'M4 17V8h9v6h7' },
  'align-left': { d: 'M5 7h14M5 12h9M5 17h12' },
  'align-center': { d: 'M5 7h14M7.5 12h9M6 17h12' },
  'align-right': { d: 'M5 7h14M10 12h9M7 17h12' },
  'head-none': { d: `${SHAFT}18` },
  'head-arrow': { d: `${SHAFT}17M14 6.5l6 5.5-6 5.5` },
  'head-triangle': { d: `${SHAFT}10M13 7.5l7.5 4.5-7.5 4.5z`, filled: true },
  'head-triangle-outline': { d: `${SHAFT}10M13 7.5l7.5 4.5-7.5 4.5z` },
  'head-bar': { d: `${SHAFT}17M20 6.5v11` },
  'head-circle': {
    d: `${SHAFT}10M13 12a3.75 3.75 0 1 0 7.5 0 3.75 3.75 0 1 0-7.5 0z`,
    filled: true,
  },
  'head-circle-outline': { d: `${SHAFT}10M13 12a3.75 3.75 0 1 0 7.5 0 3.75 3.75 0 1 0-7.5 0z` },
  'head-diamond': { d: `${SHAFT}8M11 12l5-4 5 4-5 4z`, filled: true },
  'head-diamond-outline': { d: `${SHAFT}8M11 12l5-4 5 4-5 4z` },
  'head-one': { d: `${SHAFT}18M17 7v10` },
  'head-many': { d: `${SHAFT}18M13 12l8-5M13 12l8 5` },
  'head-one-or-many': { d: `${SHAFT}18M13 12l8-5M13 12l8 5M11 7v10` },
  'head-exactly-one': { d: `${SHAFT}18M17 7v10M13 7v10` },
  'head-zero-or-one': {
    d: 'M3 12h7M10 12a2.75 2.75 0 1 0 5.5 0 2.75 2.75 0 1 0-5.5 0zM15.5 12H21M18.5 7v10',
  },
  'head-zero-or-many': {
    d: 'M3 12h5M8 12a2.75 2.75 0 1 0 5.5 0 2.75 2.75 0 1 0-5.5 0zM13.5 12H21M13.5 12l7.5-5M13.5 12l7.5 5',
  },
}
