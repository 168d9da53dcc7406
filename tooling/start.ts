/** `pnpm start`: build the web app if it is stale, then run the server in this process. */
import { ensureWebBuild } from './web-build.ts'

await ensureWebBuild()
await import('../apps/server/src/main.ts')
