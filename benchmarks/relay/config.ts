/** Every number of the benchmark: scenarios, what is measured, and what Kolam must reach. Nothing here runs. */

/** The servers, in the order they are shown. */
export const SERVER_NAMES = [
  'bytes',
  'ws-broadcast',
  'ws-batched',
  'y-websocket',
  'hocuspocus',
  'hocuspocus-sqlite',
  'kolam',
] as const

export type ServerName = (typeof SERVER_NAMES)[number]

/** What others chose to build on; "the best peer" is the better of the two. Neither stores anything here. */
export const PEERS: readonly ServerName[] = ['y-websocket', 'hocuspocus']

const RELAYS: readonly ServerName[] = [
  'ws-broadcast',
  'ws-batched',
  'y-websocket',
  'hocuspocus',
  'hocuspocus-sqlite',
  'kolam',
]

const REAL: readonly ServerName[] = ['y-websocket', 'hocuspocus', 'hocuspocus-sqlite', 'kolam']

/** Kolam's measure is at most so much of the best of the others, or at most so much by itself. */
export interface Target {
  readonly measure: string
  readonly atMost: number
  readonly timesBestOf?: readonly ServerName[]
}

/** People who edit at a steady rate. */
export interface SteadyScenario {
  readonly kind: 'steady'
  readonly rooms: number
  readonly people: number
  /** How many of the people of a room move a shape and their cursor. */
  readonly writers: number
  readonly movesHz: number
  readonly cursorsHz: number
  /** Extra bytes in each move: 0 is a dragged shape, more is a stroke that is drawn. */
  readonly moveBytes: number
  readonly warmUpSeconds: number
  readonly seconds: number
}

/** A steady load, then the same while many do not read. */
export interface StalledScenario extends Omit<SteadyScenario, 'kind'> {
  readonly kind: 'stalled'
  /** How many of the people of a room stop reading; none of them writes. */
  readonly stalled: number
  /** How long those who stopped have to catch up. */
  readonly recoverySeconds: number
}

/** Everybody opens the same large board at the same moment. */
export interface StormScenario {
  readonly kind: 'storm'
  readonly people: number
  readonly shapes: number
  /** Whether the server is restarted between the upload and the storm. */
  readonly restarted: boolean
  readonly settleSeconds: number
}

/** Many connections on which nothing happens. */
export interface IdleScenario {
  readonly kind: 'idle'
  readonly rooms: number
  readonly people: number
  /** How long to wait before memory is read, so that what is garbage can be collected. */
  readonly settleSeconds: number
}

export type ScenarioBody = SteadyScenario | StalledScenario | StormScenario | IdleScenario

export interface Scenario {
  readonly title: string
  readonly servers: readonly ServerName[]
  readonly body: ScenarioBody
  readonly targets: readonly Target[]
}

const EVERYTHING_ARRIVES: readonly Target[] = [
  { measure: 'undelivered', atMost: 0 },
  { measure: 'staleCursors', atMost: 0 },
]

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  room50: {
    title: 'One room, 50 people: each drags a shape at 20 Hz and moves a cursor at 20 Hz',
    servers: RELAYS,
    body: {
      kind: 'steady',
      rooms: 1,
      people: 50,
      writers: 50,
      movesHz: 20,
      cursorsHz: 20,
      moveBytes: 0,
      warmUpSeconds: 3,
      seconds: 15,
    },
    targets: [
      { measure: 'cpuPerMillion', atMost: 0.35, timesBestOf: ['hocuspocus'] },
      { measure: 'cpuPerMillion', atMost: 0.25, timesBestOf: ['y-websocket'] },
      { measure: 'cpuPerMillion', atMost: 1.5, timesBestOf: ['ws-batched'] },
      { measure: 'p99Ms', atMost: 1, timesBestOf: PEERS },
      ...EVERYTHING_ARRIVES,
    ],
  },
  rooms100: {
    title: '100 rooms of 5 people: each drags a shape at 4 Hz and moves a cursor at 4 Hz',
    servers: RELAYS,
    body: {
      kind: 'steady',
      rooms: 100,
      people: 5,
      writers: 5,
      movesHz: 4,
      cursorsHz: 4,
      moveBytes: 0,
      warmUpSeconds: 3,
      seconds: 15,
    },
    targets: [
      { measure: 'cpuPerMillion', atMost: 0.35, timesBestOf: PEERS },
      ...EVERYTHING_ARRIVES,
    ],
  },
  room200: {
    title: 'One room, 200 people: 20 of them drag a shape at 10 Hz and move a cursor at 10 Hz',
    servers: RELAYS,
    body: {
      kind: 'steady',
      rooms: 1,
      people: 200,
      writers: 20,
      movesHz: 10,
      cursorsHz: 10,
      moveBytes: 0,
      warmUpSeconds: 3,
      seconds: 15,
    },
    targets: [{ measure: 'cpuPerMillion', atMost: 0.4, timesBestOf: PEERS }, ...EVERYTHING_ARRIVES],
  },
  storm: {
    title: '100 people open one board of 20,000 shapes at once',
    servers: ['bytes', ...REAL],
    body: { kind: 'storm', people: 100, shapes: 20_000, restarted: false, settleSeconds: 3 },
    targets: [
      { measure: 'wallMs', atMost: 0.25, timesBestOf: PEERS },
      { measure: 'wallMs', atMost: 2, timesBestOf: ['bytes'] },
      { measure: 'incomplete', atMost: 0 },
    ],
  },
  'storm-restarted': {
    title: 'The same, right after the server was restarted',
    servers: ['hocuspocus-sqlite', 'kolam'],
    body: { kind: 'storm', people: 100, shapes: 20_000, restarted: true, settleSeconds: 3 },
    targets: [{ measure: 'incomplete', atMost: 0 }],
  },
  idle: {
    title: '2,000 idle connections in 500 rooms',
    servers: RELAYS,
    body: { kind: 'idle', rooms: 500, people: 4, settleSeconds: 10 },
    targets: [{ measure: 'growthMb', atMost: 1, timesBestOf: ['y-websocket'] }],
  },
  idle10k: {
    title: '10,000 idle connections in 2,500 rooms',
    servers: RELAYS,
    body: { kind: 'idle', rooms: 2_500, people: 4, settleSeconds: 10 },
    targets: [{ measure: 'growthMb', atMost: 1, timesBestOf: ['y-websocket'] }],
  },
  stalled: {
    title: 'One room, 200 people, 20 draw strokes (16 KiB at 5 Hz); 100 of the others stop reading',
    servers: REAL,
    body: {
      kind: 'stalled',
      rooms: 1,
      people: 200,
      writers: 20,
      stalled: 100,
      movesHz: 5,
      cursorsHz: 5,
      moveBytes: 16_384,
      warmUpSeconds: 3,
      seconds: 20,
      recoverySeconds: 30,
    },
    targets: [
      { measure: 'growthMb', atMost: 150 },
      { measure: 'p99Ratio', atMost: 1.5 },
      { measure: 'missing', atMost: 0 },
      ...EVERYTHING_ARRIVES,
    ],
  },
}

/** Of several rounds the median counts, but of these the worst. */
export const WORST_COUNTS: ReadonlySet<string> = new Set([
  'undelivered',
  'staleCursors',
  'gaps',
  'incomplete',
  'missing',
  'connectionsLost',
])

/** How the machine is shared out, and how long things may take. */
export const RUN = {
  rounds: 3,
  serverCore: 0,
  loadCore: 1,
  /** People who connect at the same time, where it is not the storm that is measured. */
  connectAtOnce: 50,
  startLimitMs: 30_000,
  stopLimitMs: 15_000,
  connectLimitMs: 60_000,
  /** How long what is under way when the load stops may take to arrive. */
  drainLimitMs: 30_000,
  cellLimitMs: 240_000,
  stormLimitMs: 120_000,
  /** Above this the load is measured rather than the server. */
  loadShareMax: 0.85,
  /** Above this something else on the machine took the cores: servers that batch look cheaper then, and all slower. */
  othersShareMax: 0.05,
  repeatsWhenDisturbed: 2,
}
