/** Who sits where: seats with guests on boards, which come and go. Boards that nobody works on rest and may come back. */
import type { Random } from '@kolam/base'
import { KINDS } from '../../relay/support/kinds.ts'
import type { TcpProxy } from '../../relay/support/tcp-proxy.ts'
import { Board } from './board.ts'
import { pick } from './chance.ts'
import { Guest } from './guest.ts'

/** Half of the people use Kolam's client, the others what is newest and what is oldest of the stock ones. */
const SEAT_KINDS = ['@kolam/client', 'y-websocket 3.1.0', '@kolam/client', 'y-websocket 2.1.0'].map(
  (wanted) => KINDS.find(({ name }) => name === wanted),
)

/** What a crowd stands on. */
export interface CrowdPorts {
  readonly random: Random
  readonly proxy: TcpProxy
  readonly seats: number
  readonly documents: number
}

export class Crowd {
  readonly #ports: CrowdPorts
  readonly #seats: (Guest | null)[]
  readonly #active: Board[]
  readonly #resting: { readonly board: Board; since: number }[] = []
  #boards = 0
  #names = 0

  constructor(ports: CrowdPorts) {
    this.#ports = ports
    this.#seats = Array.from({ length: ports.seats }, () => null)
    this.#active = Array.from({ length: ports.documents }, () => this.#newBoard())
  }

  /** Everybody who is there, also without a line. */
  get guests(): Guest[] {
    return this.#seats.filter((guest) => guest !== null)
  }

  /** Boards that are worked on. */
  get active(): readonly Board[] {
    return this.#active
  }

  /** Boards that are not. */
  get resting(): Board[] {
    return this.#resting.map(({ board }) => board)
  }

  /** How many boards had guests in the last seconds. */
  warmBoards(now: number, seconds: number): number {
    const cooling = this.#resting.filter(({ since }) => now - since < seconds)
    return this.#active.length + cooling.length
  }

  /** Somebody looked at a board that rests. */
  touched(board: Board, now: number): void {
    const resting = this.#resting.find((entry) => entry.board === board)
    if (resting) resting.since = now
  }

  on(board: Board): Guest[] {
    return this.guests.filter((guest) => guest.board === board)
  }

  anybody(): Guest | undefined {
    return pick(this.#ports.random, this.guests)
  }

  /** A new guest takes a free seat, where there is one. */
  sit(): Guest | null {
    const { random, proxy } = this.#ports
    const seat = this.#seats.indexOf(null)
    const board = pick(random, this.#active)
    const kind = SEAT_KINDS[seat % SEAT_KINDS.length]
    if (seat < 0 || !board || !kind) return null
    this.#names += 1
    const guest = new Guest(`guest ${this.#names}`, { kind, board, proxy })
    this.#seats[seat] = guest
    return guest
  }

  /** Somebody goes for good, politely or not. */
  go(guest: Guest, how: 'destroy' | 'crash'): void {
    this.#seats[this.#seats.indexOf(guest)] = null
    guest.go(how)
  }

  /** The oldest board comes to rest and its guests leave; a new one or a rested one takes its place. */
  rotate(now: number): void {
    const board = this.#active.shift()
    if (!board) return
    for (const guest of this.on(board)) this.go(guest, 'destroy')
    const woken = this.#ports.random() < 0.5 ? this.#resting.shift()?.board : undefined
    this.#active.push(woken ?? this.#newBoard())
    this.#resting.push({ board, since: now })
  }

  #newBoard(): Board {
    this.#boards += 1
    return new Board(`board-${this.#boards}`)
  }
}
