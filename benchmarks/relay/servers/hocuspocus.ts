/** Hocuspocus as it comes, in memory. */
import { Server } from '@hocuspocus/server'
import { ready } from './ready.ts'

const server = new Server({ port: 0, address: '127.0.0.1', quiet: true })
await server.listen()
ready(server.address.port)
