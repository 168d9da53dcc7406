/** How each server is started and spoken to. */
import path from 'node:path'
import type { ServerName } from '../config.ts'
import type { WireName } from '../harness/figures.ts'

export interface ServerEntry {
  readonly script: string
  readonly wire: WireName
  /** What comes before the name of the room in the URL. */
  readonly path: string
  /** Environment beside the machine's own. */
  env(place: { folder: string; fixture: string; port: number }): Record<string, string>
  /** `prints` its port as JSON, or is given one and `answers` on /healthz. */
  readonly start: 'prints' | 'answers'
  /** Whether the load can put a board there. */
  readonly fixed: boolean
}

/** Another checkout may be measured, to compare before with after. */
const KOLAM = path.resolve(
  process.env['KOLAM_CHECKOUT'] ?? path.join(import.meta.dirname, '../../..'),
)

const bare: Omit<ServerEntry, 'script'> = {
  wire: 'y-websocket',
  path: '/',
  env: () => ({}),
  start: 'prints',
  fixed: false,
}

export const SERVERS: Readonly<Record<ServerName, ServerEntry>> = {
  bytes: {
    ...bare,
    script: own('bytes.ts'),
    env: ({ fixture }) => ({ FIXTURE: fixture }),
    fixed: true,
  },
  'ws-broadcast': { ...bare, script: own('ws-broadcast.ts') },
  'ws-batched': { ...bare, script: own('ws-batched.ts') },
  'y-websocket': { ...bare, script: own('y-websocket.ts') },
  hocuspocus: { ...bare, script: own('hocuspocus.ts'), wire: 'hocuspocus' },
  'hocuspocus-sqlite': {
    ...bare,
    script: own('hocuspocus-sqlite.ts'),
    wire: 'hocuspocus',
    env: ({ folder }) => ({ DATA: folder }),
  },
  kolam: {
    script: path.join(KOLAM, 'apps/server/src/main.ts'),
    wire: 'y-websocket',
    path: '/sync/',
    env: ({ folder, port }) => ({
      PORT: String(port),
      HOST: '127.0.0.1',
      KOLAM_DATA: folder,
      LOG_LEVEL: 'error',
      // As `pnpm start` runs it.
      NODE_OPTIONS: '--max-semi-space-size=8',
    }),
    start: 'answers',
    fixed: false,
  },
}

function own(file: string): string {
  return path.join(import.meta.dirname, file)
}
