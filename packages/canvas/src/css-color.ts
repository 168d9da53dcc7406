/** Reads CSS colours into numbers and writes them back. Pure; knows hex, rgb(), hsl() and names. */
import { namedColor } from './color-names.ts'

/** Red, green, blue and alpha, each 0…1. */
export interface Rgba {
  readonly r: number
  readonly g: number
  readonly b: number
  readonly a: number
}

/** The colour, or null if this is no colour in a notation known here. */
export function parseColor(text: string): Rgba | null {
  const color = text.trim().toLowerCase()
  if (color.startsWith('#')) return parseHex(color.slice(1))
  const call = /^(rgba?|hsla?)\(([^)]*)\)$/.exec(color)
  if (call) return parseCall(call[1] ?? '', (call[2] ?? '').split(/[\s,/]+/).filter(Boolean))
  const hex = namedColor(color)
  if (hex) return parseHex(hex)
  return color === 'transparent' ? { r: 0, g: 0, b: 0, a: 0 } : null
}

/** `#rrggbb`, or `rgb(r g b / a)` when it is not opaque. */
export function formatColor({ r, g, b, a }: Rgba): string {
  const bytes = [r, g, b].map((value) => Math.round(clamp01(value) * 255))
  if (a < 1) return `rgb(${bytes.join(' ')} / ${Math.round(a * 1000) / 1000})`
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

function parseHex(hex: string): Rgba | null {
  if (!/^([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.test(hex)) return null
  const long = hex.length <= 4 ? hex.replaceAll(/./g, '$&$&') : hex
  const part = (i: number): number => parseInt(long.slice(i, i + 2), 16) / 255
  return { r: part(0), g: part(2), b: part(4), a: long.length === 8 ? part(6) : 1 }
}

function parseCall(name: string, parts: readonly string[]): Rgba | null {
  if (parts.length < 3 || parts.length > 4) return null
  const [x = '', y = '', z = '', w = '1'] = parts
  const a = clamp01(amount(w, 1))
  const rgba = name.startsWith('rgb')
    ? { r: amount(x, 255), g: amount(y, 255), b: amount(z, 255), a }
    : { ...fromHsl(turns(x), clamp01(amount(y, 100)), clamp01(amount(z, 100))), a }
  return Object.values(rgba).every(Number.isFinite) ? rgba : null
}

/** A number out of `full`, or a percentage, as 0…1. */
function amount(text: string, full: number): number {
  return text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text) / full
}

function turns(text: string): number {
  if (text.endsWith('turn')) return Number(text.slice(0, -4))
  if (text.endsWith('rad')) return Number(text.slice(0, -3)) / (2 * Math.PI)
  return Number(text.replace('deg', '')) / 360
}

function fromHsl(h: number, s: number, l: number): Omit<Rgba, 'a'> {
  const channel = (n: number): number => {
    const k = (((n + h * 12) % 12) + 12) % 12
    return l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
  }
  return { r: channel(0), g: channel(8), b: channel(4) }
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value))
}
