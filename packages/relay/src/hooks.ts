/** What an embedder may listen to. A hook that throws is logged and changes nothing. */
export interface RelayHooks {
  /** These updates are on disk and about to be seen. */
  committed?(id: string, updates: readonly Uint8Array[]): void
  loaded?(id: string): void
  unloaded?(id: string): void
}
