import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Nothing but the page's own files, and nothing made code out of text. Pictures may be written into addresses. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Reads the files of a built page; gives what answers a request for one, or undefined. Only what was read is ever given out. */
export function pageFiles(folder: string): (request: Request) => Response | undefined {
  const files = new Map<string, Readonly<{ content: Uint8Array<ArrayBuffer>; mediaType: string }>>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const mediaType = mediaTypes[extname(entry.name)]
    if (!entry.isFile() || mediaType === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(folder.length).replaceAll('\\', '/')
    files.set(path, { content: new Uint8Array(readFileSync(file)), mediaType })
  }
  return (request) => {
    const { pathname } = new URL(request.url)
    const path = pathname === '/' ? '/index.html' : pathname
    const file = files.get(path)
    if (!file || request.method !== 'GET') return undefined
    // Names of assets change with their content.
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    return new Response(file.content, {
      headers: { ...pageHeaders, 'content-type': file.mediaType, 'cache-control': cache },
    })
  }
}
