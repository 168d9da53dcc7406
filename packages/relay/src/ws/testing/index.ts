/** What tests of the door stand on: a served relay, and those who knock. */
export { Client, type Ending } from './client.ts'
export { connected, type Headers, RawClient, upgradeText } from './raw.ts'
export { serve, type Served, type ServedOptions } from './served.ts'
