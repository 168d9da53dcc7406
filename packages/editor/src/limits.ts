/** Every number the editor stands on, with its reason. Lengths in `…Px` are screen pixels. */

/** Farther out, shapes are dots; farther in, coordinates show their rounding. */
export const ZOOM_MIN = 0.05
export const ZOOM_MAX = 16

/** The stops of the zoom in and zoom out commands. */
export const ZOOM_STOPS: readonly number[] = [
  0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16,
]

/** Zooming to a thing never enlarges it beyond this: a single dot must not fill the screen. */
export const FIT_ZOOM_MAX = 1
export const SELECTION_ZOOM_MAX = 2
export const FIT_PADDING_PX = 64

/** Beyond this a camera or a shape would lose whole pixels to floating point. */
export const COORDINATE_MAX = 1e9

/** A press that wanders less than this is a click; a finger wanders more than a mouse. */
export const DRAG_SLOP_PX = 4
export const TOUCH_SLOP_PX = 8

/** How near counts as on, for outlines and for handles. */
export const HIT_MARGIN_PX = 6
export const TOUCH_HIT_MARGIN_PX = 12
export const HANDLE_RADIUS_PX = 8
export const TOUCH_HANDLE_RADIUS_PX = 16
export const ERASER_RADIUS_PX = 4

/** How far above the frame the rotate handle floats. */
export const ROTATE_HANDLE_PX = 24

/** A frame narrower than this has no room for the handles in the middle of its sides. */
export const SIDE_HANDLE_MIN_PX = 32

/** An arrow's end binds this far outside a shape, and to its centre this near to it. */
export const BIND_MARGIN_PX = 10
export const BIND_CENTRE_PX = 12

/** At most 30 commits a second while a gesture runs: 34 ms apart, so 30 fit and 31 do not. */
export const COMMIT_INTERVAL_MS = 34
/** A commit is followed by the next one only after this many times what it took. */
export const COMMIT_REST = 5
/** Shapes written a second while a gesture runs: of many at once each is written less often. */
export const LIVE_WRITES_PER_S = 1_500

/** More shapes than this are written when they are let go: others would get megabytes a second of them. */
export const LIVE_SHAPES_MAX = 1_000

/** Ink samples nearer than this to the last one say nothing new. */
export const INK_STEP_PX = 0.5

/** A stroke with so many points ends and the next one begins: a value that is written at once stays small. */
export const PEN_POINTS_MAX = 10_000

/** A guess where the pen will be is shown for so many frames without news of it. */
export const GUESS_FRAMES_MAX = 2

/** What a click with a box tool makes. */
export const BOX_CLICK_W = 160
export const BOX_CLICK_H = 100

export const ROTATE_STEP = Math.PI / 12

export const NUDGE = 1
export const NUDGE_FAR = 10
/** Arrow keys pressed within this time of each other are one undo step. */
export const NUDGE_MERGE_MS = 1000

/** Where a duplicate lands beside its original the first time. */
export const DUPLICATE_OFFSET = 16

/** One notch of a mouse wheel says 100 and more; a trackpad pinch says 1 to 10. */
export const WHEEL_ZOOM_DELTA_MAX = 25
export const WHEEL_ZOOM_RATE = 0.01

/** What a paste may hold: enough for a very full board, too little to choke the page. */
export const PASTE_CHARS_MAX = 32 * 1024 * 1024
export const PASTE_SHAPES_MAX = 20_000
export const PASTE_TEXT_MAX = 100_000
export const PASTE_POINTS_MAX = 50_000

export const FONT_SIZES: readonly number[] = [12, 16, 20, 28, 36, 48, 64, 96]
export const FONT_SIZE_MIN = 2
export const FONT_SIZE_MAX = 2000
