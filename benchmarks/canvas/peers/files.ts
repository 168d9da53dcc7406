/** A server of files on this machine: what a peer's page loads, and nothing else. */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Folders and files by the beginning of their address. */
export type Mounts = Readonly<Record<string, string>>

export class FileServer {
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  /** Serves until it is closed; the longest beginning that fits counts. */
  static async open(mounts: Mounts): Promise<FileServer> {
    const server = createServer(({ url = '/' }, response) => {
      const { pathname } = new URL(url, 'http://bench')
      answer(response, fileOf(mounts, decodeURIComponent(pathname)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new FileServer(server)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

function fileOf(mounts: Mounts, pathname: string): string | null {
  const beginnings = Object.keys(mounts).sort((a, b) => b.length - a.length)
  const beginning = beginnings.find((one) => pathname.startsWith(one))
  if (beginning === undefined) return null
  const root = mounts[beginning]!
  const rest = pathname.slice(beginning.length)
  const file = path.join(root, rest === '' && statSync(root).isDirectory() ? 'index.html' : rest)
  const isInside = file === root || file.startsWith(root + path.sep)
  return isInside && existsSync(file) && statSync(file).isFile() ? file : null
}

function answer(response: ServerResponse, file: string | null): void {
  if (file === null) {
    response.writeHead(404).end()
    return
  }
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream'
  response.writeHead(200, { 'content-type': type, 'content-length': statSync(file).size })
  createReadStream(file).pipe(response)
}
