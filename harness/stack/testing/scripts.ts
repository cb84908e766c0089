/** Arguments for `node` that run this TypeScript module. For tests that need a process of a certain behaviour. */
export function nodeArgs(code: string): string[] {
  return ['--input-type=module-typescript', '--eval', code]
}

/* The scripts below are CommonJS, for `node --eval`. */

/** Answers every request on `port` with `status`, prints `up`, and ends on SIGTERM. */
export function httpService(port: number, status = 200): string {
  return `
    const { createServer } = require('node:http')
    createServer((_, response) => response.writeHead(${status}).end()).listen(${port}, '127.0.0.1', () => console.log('up'))`
}

/** Prints `up` and does nothing, forever; not even SIGTERM ends it. */
export const STUBBORN = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6); console.log('up')`

/** Prints `up` and does nothing until SIGTERM. */
export const IDLE = `setInterval(() => {}, 1e6); console.log('up')`
