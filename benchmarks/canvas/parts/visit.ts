/** One opening of a board in one tab, and the rows that are measured meanwhile. */
import type { OthersMeter } from '../browser/others.ts'
import type { Tab } from '../browser/tab.ts'
import type { PeerName, ScenarioName, SceneName } from '../config.ts'
import type { Figures } from '../harness/statistics.ts'
import type { Camera, Peer } from '../peers/peer.ts'
import type { SceneFiles } from '../scenes/files.ts'

export interface Visit {
  readonly scenarios: readonly ScenarioName[]
  /** The variants it is made for, and the scene of each. */
  scene(variant: string): SceneName
  camera(files: SceneFiles, variant: string): Camera
  /** The board is another one afterwards, so that each round needs it anew. */
  readonly changes?: true
  /** Those it is made to; all unless given. */
  readonly peers?: readonly PeerName[]
  /** Gives the figures of those scenarios that are wanted, one after the other. */
  measure(visiting: Visiting): AsyncIterable<readonly [ScenarioName, Figures]>
}

export interface Visiting {
  readonly tab: Tab
  readonly peer: Peer
  readonly files: SceneFiles
  readonly variant: string
  /** Runs since before the page was loaded. */
  readonly others: OthersMeter
  readonly wants: (scenario: ScenarioName) => boolean
}
