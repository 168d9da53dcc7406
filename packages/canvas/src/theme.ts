/** The two looks of the canvas and the few colours that are its own. Values only. */

export type Theme = 'light' | 'dark'

/** The paper under everything. */
export const BACKGROUND: Readonly<Record<Theme, string>> = { light: '#fdfcfa', dark: '#17161c' }

/** The one accent colour: selection, handles, hover, marquee. The interface uses the same. */
export const ACCENT: Readonly<Record<Theme, string>> = { light: '#6246ea', dark: '#9d8cff' }

/** What fills the handles, so that they stand out on any drawing. */
export const HANDLE_FILL: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#1f1d27' }

/** Frames, placeholders and other quiet lines; written as in light mode. */
export const QUIET = '#8b8794'
