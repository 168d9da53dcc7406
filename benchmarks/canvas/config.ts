/** Every number of the benchmark: scenes, gestures, and what Kolam must reach. Nothing here runs. */

/** Those that are driven, in the order they are shown. */
export const PEER_NAMES = ['kolam', 'excalidraw', 'tldraw'] as const

export type PeerName = (typeof PEER_NAMES)[number]

/** The window every one of them has. */
export const VIEW = { w: 1280, h: 800, dpr: 1 } as const

/** Boards of mixed elements. */
export const MIXED = {
  seed: 20_261_121,
  /** One element in each, on a grid: 10,000 of them fit on the screen at a tenth of their size. */
  cell: { w: 120, h: 75 },
  /** One is drawn at random for each cell. */
  kinds: [
    'rectangle',
    'rectangle',
    'rectangle',
    'ellipse',
    'ellipse',
    'text',
    'text',
    'arrow',
    'arrow',
    'freedraw',
  ],
  strokePoints: 40,
} as const

/** Pages of handwriting: words of one stroke each. */
export const HANDWRITING = {
  strokes: 5_000,
  points: 60,
  columns: 80,
  cell: { w: 62, h: 44 },
} as const

/** Pictures in their own pixels, and how large they lie on the board. */
export const IMAGES = {
  images: 500,
  columns: 25,
  pixels: { w: 360, h: 270 },
  shown: { w: 320, h: 240 },
  cell: { w: 350, h: 265 },
} as const

/** Boxes full of text. */
export const NOTES = {
  notes: 200,
  columns: 20,
  cell: { w: 460, h: 760 },
  width: 430,
  fontSize: 16,
  wordsMin: 100,
  wordsMax: 300,
} as const

/** What the public libraries of Excalidraw hold, 50,065 elements in 3,794 items. */
export const CORPUS = {
  items: 3_794,
  columns: 62,
  cell: { w: 200, h: 150 },
  cornersMax: 16,
  kinds: {
    line: 20_363,
    rectangle: 11_196,
    ellipse: 7_743,
    text: 6_633,
    freedraw: 2_739,
    arrow: 1_025,
    diamond: 366,
  },
} as const

/** How gestures are paced: a mouse and a trackpad report about once a frame. */
export const HANDS = {
  everyMs: 1000 / 60,
  /** Before the first event and after the last. */
  restMs: 300,
  /** Kept away from other people's buttons. */
  marginPx: 40,
} as const

/** Moving about, at the middle of a scene. */
export const LOOKS = {
  /** Wheel pixels of each event. */
  pan: { events: 180, dx: 14, dy: 6, turnEvery: 45 },
  /** Out, and as many in. */
  zoom: { events: 60, delta: 3 },
  /** Shift+1 and Shift+0 in turns. */
  fit: { presses: 8, everyMs: 500 },
  /** After everything came into view, before it is moved about. */
  settleMs: 2_000,
} as const

/** Boards by name; a number is a board of so many mixed elements. */
export const MIXED_NAMES = ['1000', '4000', '10000', '50000'] as const

export const SCENE_NAMES = [...MIXED_NAMES, 'handwriting', 'images', 'notes', 'corpus'] as const

export type SceneName = (typeof SCENE_NAMES)[number]

/** What is measured, in the order it is shown. */
export const SCENARIO_NAMES = [
  'open',
  'pan',
  'zoom',
  'fit',
  'far',
  'drag',
  'stroke',
  'storm',
  'browse',
  'scripts',
] as const

export type ScenarioName = (typeof SCENARIO_NAMES)[number]

/** The rows of a scenario: one for each variant and peer. */
export const VARIANTS: Readonly<Record<ScenarioName, readonly string[]>> = {
  open: MIXED_NAMES,
  pan: MIXED_NAMES,
  zoom: MIXED_NAMES,
  fit: MIXED_NAMES,
  far: MIXED_NAMES,
  drag: ['1', '500', '5000'],
  stroke: ['handwriting'],
  storm: ['10000'],
  browse: ['images', 'notes', 'corpus'],
  scripts: ['1000'],
}

/** Shapes of a board of 10,000 are dragged. */
export const DRAG = {
  scene: '10000',
  steps: 60,
  dx: 4,
  dy: 2,
  /** At a tenth of its size all of the board is in view; one shape alone is dragged at full size. */
  zoom: { '1': 1, '500': 0.1, '5000': 0.1 },
  /** The marquee in screen pixels: from the free margin on the left, so that it begins on no shape. */
  marquee: {
    '500': { from: { x: 20, y: 300 }, to: { x: 412, y: 424 } },
    '5000': { from: { x: 20, y: 100 }, to: { x: 790, y: 700 } },
  },
  /** Presses left of this would meet Excalidraw's panel, which opens with a selection. */
  freeFromX: 240,
} as const

/** One long stroke of the pen, on a page of handwriting. */
export const STROKE = {
  points: 2_000,
  /** 240 points a second, as a pen reports. */
  everyMs: 1000 / 240,
  /** Loops within this part of the screen, where nobody has buttons. */
  area: { x: 320, y: 160, w: 640, h: 480 },
  loops: 23,
} as const

/** Other people at work on the board. */
export const STORM = {
  scene: '10000',
  people: 50,
  /** Each moves the pointer and a shape so often. */
  perSecond: 20,
  warmUpMs: 3_000,
} as const

/** How it is said that a page has come to rest. */
export const OPENING = {
  /** No task of 50 ms for so long. */
  quietMs: 1_000,
  /** A shape is there when so many pixels in the middle have a colour. */
  pixels: 40,
} as const

export const RUN = {
  rounds: 3,
  /** Above this, of one core, something else took so much of the machine that nothing is said of durations. */
  othersShareMax: 0.3,
} as const

/** What is given up after so long. */
export const LIMITS = { openMs: 90_000, measureMs: 180_000 } as const

/** What Kolam must reach. */
export const TARGETS = {
  /** Up to 10,000 shapes. */
  looks: { fpsMin: 59, p95MsMax: 17 },
  /** Of 50,000 shapes. */
  largest: { fpsMin: 55, p95MsMax: 20, paintMsMax: 1_000, heapMbMax: 400 },
  /** Main-thread time as a share of Excalidraw's, at 10,000. */
  mainShareMax: 1 / 3,
  dragFpsMin: { '1': 59, '500': 55, '5000': 30 },
  stroke: { p95MsMax: 4, shareMax: 1 / 4, growthMax: 1.25 },
  stormFpsMin: 55,
  browseLongestMsMax: 50,
  scriptKbMax: 150,
} as const
