import { edgesFrom, type System } from '#harness/contract/system.ts'
import { often, type Service } from './store-services.ts'
import { configVariable, orElse, pagesVariable, portVariable } from './variables.ts'

const nginxImage = 'nginx:1.29-alpine'

/** Where nginx looks for what it serves. */
const configFolder = '/etc/nginx/conf.d'

/** The service of an entry: nginx with the generated configuration, once all that it passes requests on to is healthy. */
export function entryService(system: System, name: string): Service {
  const { entry, port } = system.components[name] ?? {}
  const behind = [...new Set(entry?.routes.map(({ to }) => to))]
  return {
    image: nginxImage,
    ports: [`127.0.0.1:${orElse(portVariable(name), String(port))}:${port}`],
    volumes: [configMount(name)],
    // It knows their addresses from its start on: where one is made anew, it starts anew too.
    depends_on: Object.fromEntries(behind.map((to) => [to, { condition: 'service_healthy', restart: true }])),
    healthcheck: { test: ['CMD', 'nc', '-z', '127.0.0.1', String(port)], ...often },
    restart: 'unless-stopped',
  }
}

/** The service of a folder of pages: nginx over what was built, which only entries reach, once all that it calls is healthy. */
export function pagesService(system: System, name: string): Service {
  const { port } = system.components[name] ?? {}
  const called = edgesFrom(system, name).map(({ provider }) => provider)
  return {
    image: nginxImage,
    volumes: [
      configMount(name),
      `${orElse(pagesVariable(name), `../../.concordat/app/${system.name}/${name}`)}:/usr/share/nginx/html:ro`,
    ],
    depends_on: Object.fromEntries(called.map((provider) => [provider, { condition: 'service_healthy' }])),
    healthcheck: { test: ['CMD', 'wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${port}/`], ...often },
    restart: 'unless-stopped',
  }
}

/** Inside the folder of the Compose file there is a folder for each component that nginx runs. */
function configMount(name: string): string {
  return `${orElse(configVariable(name), `./${name}`)}:${configFolder}:ro`
}
