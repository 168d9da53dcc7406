/** What an embedder says about who asks, checked: a mistake there must not let anybody in. */
import type { IncomingMessage } from 'node:http'
import { CloseCode, isPermanent } from '@kolam/protocol'
import { type Closing, closings } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Role } from '../peer.ts'

/** What `authorize` says about a request: in, as whom, until when; or out, with a close code and a sentence. */
export type Admission =
  | {
      readonly ok: true
      readonly role: Role
      /** Who it is, as it is stored with every update; may be empty. */
      readonly person: string
      /** Milliseconds since the epoch. Then it is asked again. Never unless given. */
      readonly expiresAt?: number | undefined
    }
  | {
      readonly ok: false
      /** 4400 to 4499 for good, 1013 for now; anything else counts as 1013. */
      readonly code: number
      readonly reason: string
    }

/**
 * Who is asking for which document. Asked at the door, when the answer expires and at every `recheck`, each time with
 * the request of the upgrade. `signal` aborts when nobody waits for the answer any more.
 */
export type Authorize = (
  request: IncomingMessage,
  id: string,
  signal: AbortSignal,
) => Admission | Promise<Admission>

/** An admission that can be relied on. */
export type Verdict =
  | { readonly ok: true; readonly role: Role; readonly person: string; readonly expiresAt: number }
  | { readonly ok: false; readonly closing: Closing }

/** Where nobody is asked, everybody may do everything but manage. */
export const EVERYBODY: Verdict & { ok: true } = {
  ok: true,
  role: 'editor',
  person: '',
  expiresAt: Infinity,
}

const ROLES: Readonly<Record<Role, true>> = {
  viewer: true,
  commenter: true,
  editor: true,
  manager: true,
}

/** The answer where it is one; null where it is nonsense. */
export function verdictOf(answer: unknown, limits: Limits): Verdict | null {
  if (!isRecord(answer)) return null
  if (answer['ok'] === true) return admitted(answer, limits)
  return answer['ok'] === false ? refused(answer) : null
}

function admitted(answer: Readonly<Record<string, unknown>>, limits: Limits): Verdict | null {
  const { role, person, expiresAt = Infinity } = answer
  if (typeof role !== 'string' || !isRole(role)) return null
  if (typeof person !== 'string' || person.length > limits.personCharsMax) return null
  if (typeof expiresAt !== 'number' || Number.isNaN(expiresAt)) return null
  return { ok: true, role, person, expiresAt }
}

/** A code that clients would read in another way, or that `ws` would not send, says no more than "not now". */
function refused({ code, reason }: Readonly<Record<string, unknown>>): Verdict {
  const isCode = typeof code === 'number' && Number.isInteger(code) && isPermanent(code)
  const sentence = typeof reason === 'string' ? reason : closings.cannotTellWho().reason
  return { ok: false, closing: { code: isCode ? code : CloseCode.TryLater, reason: sentence } }
}

function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
