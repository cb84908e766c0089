import { createServer } from 'vite'
import { dashboardConfig } from './dashboard-config.ts'

// Serves the page while somebody works on it: `node harness/dashboard/dev-process.ts http://127.0.0.1:<port>/#<token>`,
// with the address that `concordat up` prints.
const address = process.argv[2]
if (address === undefined || !URL.canParse(address)) {
  process.stderr.write('Give the address of the control API, as `concordat up` prints it.\n')
  process.exit(2)
}
const { origin, hash } = new URL(address)
const config = dashboardConfig()
const server = await createServer({
  ...config,
  server: { ...config.server, host: '127.0.0.1', proxy: { '/api': { target: origin, changeOrigin: true } } },
})
await server.listen()
process.stdout.write(`dashboard  ${server.resolvedUrls?.local[0] ?? ''}${hash}\n`)
