/** The environment as checked values. The one place that reads it; nothing here starts or opens anything. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeflateOptions } from '@kolam/relay/ws'
import * as v from 'valibot'
import type { HistoryRules } from './history/thinning.ts'

/** What a server is started with. */
export interface Config {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly dataFolder: string
  /** The built web app. */
  readonly webFolder: string
  readonly access: 'open'
  readonly logLevel: LogLevel
  /** Origins beside the server's own whose pages may change things, as in `https://example.org`. */
  readonly origins: readonly string[]
  /** Names the server answers to besides `localhost` and addresses; undefined where it answers to all. */
  readonly hosts: readonly string[] | undefined
  /** How many proxies in front say whose address a connection has. */
  readonly trustedProxies: number
  /** Whether, and with how much memory, clients may compress what they send. */
  readonly deflate: DeflateOptions | false
  /** Days a document stays in the trash before it is removed for good; null keeps it. */
  readonly trashDays: number | null
  /** Days an image that no document names stays before it is removed; null keeps it. */
  readonly assetDays: number | null
  /** When points of the history are made and how long they stay; null keeps none. */
  readonly history: HistoryConfig | null
}

/** How histories are kept. */
export interface HistoryConfig extends HistoryRules {
  /** The longest time between two points of a document that is worked on. */
  readonly everyMs: number
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** How much is logged. */
export type LogLevel = (typeof LOG_LEVELS)[number]

/** The environment does not say how to start; `problems` are sentences. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** Reads the environment; throws a `ConfigError` that names every bad value and what is allowed. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = v.safeParse(Environment, given)
  if (!result.success) throw new ConfigError(result.issues.map((issue) => problemOf(issue)))
  const { HOST, PORT, KOLAM_DATA, KOLAM_ACCESS, LOG_LEVEL, KOLAM_ORIGINS } = result.output
  const { KOLAM_HOSTS, KOLAM_TRUST_PROXY, KOLAM_DEFLATE, KOLAM_TRASH_DAYS } = result.output
  return {
    host: HOST,
    port: PORT,
    dataFolder: resolve(KOLAM_DATA),
    webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    access: accessOf(KOLAM_ACCESS, HOST),
    logLevel: LOG_LEVEL,
    origins: KOLAM_ORIGINS,
    // Whoever reaches a server on loopback may do everything there, so a page must not reach it by a name of its own.
    hosts: KOLAM_HOSTS ?? (isLoopback(HOST) ? [] : undefined),
    trustedProxies: KOLAM_TRUST_PROXY,
    deflate: KOLAM_DEFLATE === 'off' ? false : { windowBits: Number(KOLAM_DEFLATE) },
    assetDays: result.output.KOLAM_ASSET_DAYS,
    history: historyOf(result.output),
    trashDays: KOLAM_TRASH_DAYS === 'off' ? null : Number(KOLAM_TRASH_DAYS),
  }
}

/** Whether only programs on this machine can reach the host. */
export function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.')
  return host === 'localhost' || host === '::1'
}

const PORT_RULE = 'a whole number from 0 to 65535'
const HOST_RULE = 'an IP address or a host name, as in 127.0.0.1'
const ORIGINS_RULE = 'origins separated by commas, as in https://example.org'
const HOSTS_RULE = 'host names without ports, separated by commas, as in board.example.org'
const PROXIES_RULE = 'how many proxies stand in front, from 0 to 9'
const TRASH_RULE = 'a whole number of days up to 3650, or off'
const DAYS_RULE = 'a whole number of days from 1 to 3650, or off'
const MINUTES_RULE = 'a whole number of minutes from 1 to 1440, or off'
const MEGABYTES_RULE = 'a whole number of megabytes from 1 to 1000000, or off'
const DEFLATE_RULE = 'off, or the bits of the window, from 9 to 15'

/** Each message is what is allowed; the name and the value are put before it. */
const Environment = v.object({
  HOST: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9.:_-]+$/, HOST_RULE)), '127.0.0.1'),
  PORT: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,5}$/, PORT_RULE),
      v.transform(Number),
      v.maxValue(65_535, PORT_RULE),
    ),
    '4321',
  ),
  KOLAM_DATA: v.optional(v.string(), './data'),
  KOLAM_ACCESS: v.optional(v.picklist(['open', 'invite'], 'one of: open, invite')),
  LOG_LEVEL: v.optional(v.picklist(LOG_LEVELS, `one of: ${LOG_LEVELS.join(', ')}`), 'info'),
  KOLAM_ORIGINS: v.optional(
    v.pipe(v.string(), v.transform(splitList), v.everyItem(isOrigin, ORIGINS_RULE)),
    '',
  ),
  KOLAM_HOSTS: v.optional(
    v.pipe(
      v.string(),
      v.transform(splitList),
      v.everyItem(isHostName, HOSTS_RULE),
      v.mapItems(asInHeaders),
    ),
  ),
  KOLAM_TRUST_PROXY: v.optional(
    v.pipe(v.string(), v.regex(/^\d$/, PROXIES_RULE), v.transform(Number)),
    '0',
  ),
  KOLAM_TRASH_DAYS: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(?:off|\d{1,4})$/, TRASH_RULE),
      v.check((text) => text === 'off' || Number(text) <= 3_650, TRASH_RULE),
    ),
    '30',
  ),
  KOLAM_ASSET_DAYS: v.optional(amountOrOff(3_650, DAYS_RULE), '30'),
  KOLAM_HISTORY_MINUTES: v.optional(amountOrOff(1_440, MINUTES_RULE), '10'),
  KOLAM_HISTORY_DAYS: v.optional(amountOrOff(3_650, DAYS_RULE), '90'),
  KOLAM_HISTORY_MB: v.optional(amountOrOff(1_000_000, MEGABYTES_RULE), '4096'),
  KOLAM_HISTORY_DOCUMENT_MB: v.optional(amountOrOff(1_000_000, MEGABYTES_RULE), '64'),
  KOLAM_DEFLATE: v.optional(v.pipe(v.string(), v.regex(/^(?:off|9|1[0-5])$/, DEFLATE_RULE)), 'off'),
})

/** A number from 1 on, or `off`, which is null. */
function amountOrOff(max: number, rule: string) {
  return v.pipe(
    v.string(),
    v.regex(/^(?:off|\d{1,7})$/, rule),
    v.transform((text) => (text === 'off' ? null : Number(text))),
    v.check((amount) => amount === null || (amount >= 1 && amount <= max), rule),
  )
}

function historyOf(given: v.InferOutput<typeof Environment>): HistoryConfig | null {
  const { KOLAM_HISTORY_MINUTES: minutes, KOLAM_HISTORY_DAYS: days } = given
  const { KOLAM_HISTORY_MB: all, KOLAM_HISTORY_DOCUMENT_MB: one } = given
  if (minutes === null) return null
  return {
    everyMs: minutes * 60_000,
    days,
    documentBytesMax: bytesOf(one),
    bytesMax: bytesOf(all),
  }
}

function bytesOf(megabytes: number | null): number {
  return megabytes === null ? Number.POSITIVE_INFINITY : megabytes * 1024 * 1024
}

function accessOf(asked: 'open' | 'invite' | undefined, host: string): 'open' {
  const access = asked ?? (isLoopback(host) ? 'open' : 'invite')
  if (access === 'open') return access
  const why = asked
    ? 'KOLAM_ACCESS is "invite", but invitation links are not built yet'
    : `HOST is "${host}", which others can reach, and invitation links are not built yet`
  const remedy =
    'set KOLAM_ACCESS=open if everybody who reaches the server may open and edit everything'
  throw new ConfigError([`${why}: ${remedy}`])
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const entry = issue.path?.[0]
  const name = typeof entry?.key === 'string' ? entry.key : 'The environment'
  return `${name} is ${JSON.stringify(entry?.value)}: allowed is ${issue.message}`
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function isOrigin(text: string): boolean {
  const isWeb = /^https?:\/\//.test(text)
  return isWeb && URL.canParse(text) && new URL(text).origin === text
}

function isHostName(text: string): boolean {
  return isIP(text) !== 0 || (/^[^\s:/@?#\\*]+$/.test(text) && URL.canParse(`http://${text}`))
}

/** In small letters, and with letters outside ASCII as browsers write them. */
function asInHeaders(name: string): string {
  return isIP(name) === 0 ? new URL(`http://${name}`).hostname : name
}
