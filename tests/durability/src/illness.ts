/** The ways a disk fails under a server, and gets well again, each with a data folder of its own. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { mkdir, open, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sickness } from '../../../packages/persistence/src/sqlite/fixtures/sick-disk.ts'

/** A data folder on a disk that fails when it is told to. */
export interface SickFolder {
  readonly data: string
  /** What the server has to be started with. */
  readonly env: Readonly<Record<string, string>>
  fallIll(): Promise<void>
  recover(): Promise<void>
  dispose(): void
}

export interface Illness {
  readonly name: string
  /** How the server calls it. */
  readonly words: string
  readonly create: (root: string) => Promise<SickFolder>
}

const MOUNT_BYTES = 12 * 1024 * 1024
const PRELOAD = new URL('./sick-preload.ts', import.meta.url).href

/** Every one that can be had on this machine; only a disk that is full in earnest needs a mount. */
export function illnesses(): readonly Illness[] {
  return [
    sqlite('a database that may not grow', 'full', 'the disk is full'),
    ...(canMount() ? [FULL] : []),
    sqlite('a disk that takes no writes', 'read-only', 'the disk takes no writes'),
    sqlite('a disk with errors', 'errors', 'the disk did not answer'),
    AWAY,
  ]
}

/** By what SQLite says. */
function sqlite(name: string, sickness: Sickness, words: string): Illness {
  return {
    name,
    words,
    async create(root) {
      const file = join(root, 'sickness')
      const say = (word: Sickness): Promise<void> => writeFile(file, word)
      await say('none')
      return {
        data: join(root, 'data'),
        env: { NODE_OPTIONS: `--import=${PRELOAD}`, KOLAM_TEST_SICKNESS: file },
        fallIll: () => say(sickness),
        recover: () => say('none'),
        dispose() {},
      }
    },
  }
}

/** A small disk, and a file that fills it to the last block. */
const FULL: Illness = {
  name: 'a disk without room',
  words: 'the disk is full',
  async create(root) {
    const disk = join(root, 'disk')
    await mkdir(disk)
    if (!mount(disk)) throw new Error(`Cannot mount ${disk}`)
    const filler = join(disk, 'filler')
    return {
      data: join(disk, 'data'),
      env: {},
      fallIll: () => fill(filler),
      recover: () => rm(filler),
      dispose: () => void spawnSync('umount', ['-l', disk]),
    }
  },
}

/** A folder that is no longer where it was. */
const AWAY: Illness = {
  name: 'a folder that was moved away',
  words: 'is no longer the file that was opened',
  async create(root) {
    const data = join(root, 'data')
    return {
      data,
      env: {},
      fallIll: () => rename(data, `${data}-away`),
      recover: () => rename(`${data}-away`, data),
      dispose() {},
    }
  },
}

async function fill(path: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    for (;;) {
      const { bavail, bsize } = await statfs(path)
      if (bavail === 0) return
      await file.write(new Uint8Array(Math.min(bavail, 256) * bsize))
    }
  } finally {
    await file.close()
  }
}

function mount(folder: string): boolean {
  const options = ['-t', 'tmpfs', '-o', `size=${MOUNT_BYTES}`, 'tmpfs', folder]
  return spawnSync('mount', options).status === 0
}

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'kolam-mount-'))
  const isMounted = mount(folder)
  if (isMounted) spawnSync('umount', [folder])
  rmdirSync(folder)
  return isMounted
}
