/** `pnpm start`: build the web app if it is stale, run the server in this process, say where it is. */
import { ensureWebBuild } from './web-build.ts'

await ensureWebBuild()
// Resolves when the server listens; a server that cannot start says why and ends the process.
await import('../apps/server/src/main.ts')
const { readConfig } = await import('../apps/server/src/config.ts')
const { host, port } = readConfig(process.env)
if (port !== 0) console.log(`\n  Kolam is on http://${host}:${port}\n  Ctrl+C stops it.\n`)
