/** Every bound a value from the network or a caller must keep, with its reason. */

/** Coordinates and sizes: beyond this, doubles no longer place a pixel at every zoom. */
export const COORDINATE_MAX = 1e9
/** Turns are kept small so that sine and cosine stay exact. */
export const ANGLE_MAX = 1e6
/** A label longer than this is a page, not a label. */
export const TEXT_MAX = 100_000
/** Corners of one line or arrow; a longer path is a stroke. */
export const POINTS_MAX = 10_000
/** Ids are 22 characters; importers and other programs bring longer ones. */
export const ID_MAX = 128
/** CSS colours as people write them. */
export const COLOR_MAX = 64
/** Longer indexes make bisecting slow; siblings get fresh ones instead. */
export const INDEX_MAX = 100
/** Shown in tabs and lists. */
export const TITLE_MAX = 200
/** Parents above a shape that are followed when drafts are looked up. */
export const DEPTH_MAX = 1_000
/** Operations named for one shape in a comparison; more would not name more people. */
export const DIFF_ITEMS_MAX = 1_000
/** Characters of a label in a list of what happened. */
export const DIFF_TEXT_MAX = 80
/** More shapes than this at once are taken in bit by bit where a page asked for it; fewer cost a frame or two. */
export const SLICED_MIN = 5_000
/** Half a frame: the other half is for painting. */
export const SLICE_MS = 8
/** Before anything has been painted nobody waits for a frame. */
export const FIRST_SLICE_MS = 40
/** Shapes read between two looks at the clock. */
export const SLICE_STEP = 64
/** Shapes in one slice, however slow the clock ticks. */
export const SLICE_SHAPES_MAX = 2_000
/** Glances at where new shapes are, all before the first paint. */
export const GLANCES_MAX = 100_000
