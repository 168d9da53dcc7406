/** The little of the file system the assets stand on, as a port, so that a test can fail, kill or cut the power at any step. */
import * as files from 'node:fs/promises'

/** An open file or folder. */
export interface DiskFile {
  /** Writes from where the last write ended. */
  writeFile(bytes: Uint8Array): Promise<void>
  read(
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>
  stat(): Promise<{ readonly size: number }>
  /** Resolves when the bytes of a file, or the names in a folder, are on disk. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** A file system; `node:fs/promises` is one. */
export interface Disk {
  mkdir(path: string): Promise<unknown>
  open(path: string, flags: 'r' | 'wx'): Promise<DiskFile>
  rename(from: string, to: string): Promise<void>
  rm(path: string, options: { readonly recursive?: true; readonly force: true }): Promise<void>
  stat(path: string): Promise<{ isFile(): boolean }>
}

/** The one of this machine. */
export const systemDisk: Disk = files

/** What an operation failed with, as in `ENOENT`. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
