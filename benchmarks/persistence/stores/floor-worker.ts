/** The thread of the floor: writes what it is sent, syncs, says so. */
import { fdatasyncSync, openSync, writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

const { file } = workerData as { file: string }
const handle = openSync(file, 'a')

parentPort?.on('message', (bytes: Uint8Array) => {
  writeSync(handle, bytes)
  fdatasyncSync(handle)
  parentPort?.postMessage(null, [])
})
parentPort?.postMessage(null, [])
