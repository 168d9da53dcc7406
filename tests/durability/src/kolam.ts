/** Kolam: the whole server, and its own client. */
import { KolamServer } from '../../e2e/support/server.ts'
import { KolamGuest } from './kolam-guest.ts'
import type { Subject } from './subject.ts'

export const KOLAM: Subject = {
  name: 'kolam',
  dialect: 'y-websocket',
  lateMs: 0,
  promises: true,
  create: () => KolamServer.create(),
  join: (place) => new KolamGuest(place),
}
