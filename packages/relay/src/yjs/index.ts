/** Yjs for the relay, which itself knows no CRDT. The only files of the package that know Yjs are beside this one. */

export { canonicalOf } from './canonical.ts'
export { type MergeName, mergeWith, rememberCoverage } from './choice.ts'
export { compact } from './compact.ts'
export { type Coverage, covers } from './coverage.ts'
export { coverage, diff, inspect, merge, mergeThoroughly, withDocument } from './functions.ts'
export { MalformedUpdate } from './reader.ts'
export { type Scan, scanUpdate } from './scan.ts'
export { sift } from './sift.ts'
export { yjsDocuments } from './yjs-documents.ts'
