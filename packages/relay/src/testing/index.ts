/** Doubles for tests of the relay and of what is built on it. */

export { memoryWire, messagesOf, RecordingPeer } from './recording-peer.ts'
export {
  readToyUpdate,
  toyContent,
  toyDocuments,
  toyInfo,
  toyUpdate,
  type ToyUpdate,
} from './toy-documents.ts'
export { ScriptedStore } from './scripted-store.ts'
export { AwarenessClient, passWith } from './awareness-client.ts'
export { contentOf, edit, editing, gate, NOTHING, presence, presenceOf } from './toy-edits.ts'
export { Connection, settle, World, type WorldOptions } from './world.ts'
