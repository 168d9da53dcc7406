/** Whether the server serves, in one word and perhaps a reason. Decides nothing; others ask. */
import { exhaustive } from '@kolam/base'
import type { RelayHealth } from '@kolam/relay'

/** Where the server is in its life. */
export type Phase = 'loading' | 'serving' | 'draining'

/** What `/healthz` says. */
export interface Health {
  readonly status: 'ok' | 'loading' | 'draining' | 'degraded'
  readonly reason?: string
}

/** The health of a server in a phase whose relay feels like this. */
export function healthOf(phase: Phase, relay: RelayHealth | null): Health {
  switch (phase) {
    case 'loading':
      return { status: 'loading', reason: 'The data is being opened' }
    case 'draining':
      return { status: 'draining', reason: 'The server stops' }
    case 'serving':
      return relay?.state === 'degraded'
        ? { status: 'degraded', reason: relay.reason }
        : { status: 'ok' }
    default:
      return exhaustive(phase)
  }
}
