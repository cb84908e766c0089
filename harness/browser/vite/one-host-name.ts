import type { Plugin } from 'vite'

/**
 * Sends who asks for 127.0.0.1 to localhost, where the components are that the pages call: the two are different sites for a
 * browser, and a cookie of the one does not go with the pages of the other (RFC 6265bis §5.2).
 */
export function oneHostName(): Plugin {
  return {
    name: 'concordat-one-host-name',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [name, port] = request.headers.host?.split(':') ?? []
        if (name !== '127.0.0.1' || request.method !== 'GET') return next()
        response.writeHead(302, { location: `http://localhost:${port}${request.url ?? '/'}` }).end()
      })
    },
  }
}
