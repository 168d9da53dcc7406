/** Starts a peer by its name. */
import type { PeerName } from '../config.ts'
import type { SceneFiles } from '../scenes/files.ts'
import { startKolam } from './kolam.ts'
import type { Peer } from './peer.ts'
import { startRival } from './rival.ts'

/** With a scene, of which Kolam's server holds so many copies. */
export function startPeer(name: PeerName, files: SceneFiles, copies = 1): Promise<Peer> {
  return name === 'kolam' ? startKolam(files, copies) : startRival(name, files)
}
