import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

/** A folder that is served on a port of loopback. */
export type ServedFolder = AsyncDisposable & Readonly<{ port: number }>

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

/** Serves the files of a folder. Paths without an ending are pages of the app: each gets its index.html. */
export async function serveFolder(folder: string): Promise<ServedFolder> {
  const server = createServer((request, response) => void answer(folder, request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = fileOf(request.url ?? '/')
  const content = path === undefined ? undefined : await readFile(join(folder, path)).catch(() => undefined)
  if (path === undefined || content === undefined)
    return void response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such file.')
  response.writeHead(200, { 'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream' }).end(content)
}

/** A URL resolves dots before they get here, but not those that are encoded. Undefined where it cannot be decoded. */
function fileOf(url: string): string | undefined {
  const { pathname } = new URL(url, 'http://localhost')
  try {
    const path = normalize(decodeURIComponent(pathname))
    return extname(path) === '' ? 'index.html' : path
  } catch {
    return undefined
  }
}
