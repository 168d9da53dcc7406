/** Every bound of an import, with its reason. */

/** Characters of a file's text, which are never more than its bytes: all of it is in memory at once. */
export const FILE_BYTES_MAX = 64 * 1024 * 1024
/** More than anybody drew; a larger file is generated or broken. */
export const ELEMENTS_MAX = 100_000
/** Corners of one line or arrow, as many as a board keeps; a longer one is simplified. */
export const POINTS_MAX = 10_000
/** Points of one stroke; a longer one is simplified. */
export const INK_POINTS_MAX = 100_000
/** Bytes of one picture, as many as a server takes. */
export const ASSET_BYTES_MAX = 25 * 1024 * 1024
/** Beyond this a coordinate is an accident; sums of a few stay within what a board keeps. */
export const COORDINATE_MAX = 1e8
/** Characters of one text, as many as a board keeps. */
export const TEXT_MAX = 100_000
/** Groups within groups; the innermost beyond this are left out. */
export const GROUP_DEPTH_MAX = 50
/** How deep kept foreign data may nest, so that nobody's stack overflows on it. */
export const JSON_DEPTH_MAX = 100
/** A dash pattern on a line longer than this is drawn solid: counting out its dashes stalls a view. */
export const DASHED_LENGTH_MAX = 75_000
