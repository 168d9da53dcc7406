/** A program with a board open in a tab. */
import type { Browser } from '@playwright/test'
import type { Tab } from '../browser/tab.ts'
import type { PeerName } from '../config.ts'
import type { Camera } from '../pages/handle.ts'
import type { SceneFiles } from '../scenes/files.ts'

export type { Camera }

/** By the ids of the peer. */
export type Places = Readonly<Record<string, readonly [x: number, y: number]>>

/** A peer that serves one scene, to be opened in as many tabs as one likes, one after the other. */
export interface Peer {
  readonly name: PeerName
  /** Loads the page with this part of the scene in view; resolves when all shapes are there and drawn. */
  open(browser: Browser, camera: Camera): Promise<Tab>
  /** Screen pixels of a page unit, as far as the page tells. */
  zoom(tab: Tab): Promise<number>
  /** Where all shapes are, once everything is stored. */
  places(tab: Tab): Promise<Places>
  /** Makes the board as it was, for the next tab. */
  renew(): Promise<void>
  close(): Promise<void>
}

/** Starts a peer with a scene. */
export type StartPeer = (files: SceneFiles) => Promise<Peer>
