import type { AnyContract } from '#harness/contract/contract.ts'
import { contentOf } from '#harness/contract/content.ts'
import type { Operation } from '#harness/contract/operation.ts'
import type { System } from '#harness/contract/system.ts'
import { locationsOf, type Location } from './entry-locations.ts'

const mebibyte = 1024 * 1024

/**
 * The nginx configuration of an entry, as a file of /etc/nginx/conf.d. Everything follows from the routes and from the
 * contracts behind them: events go on when they come, only channels may be upgraded, a body may be as large as the largest
 * that a contract takes, and a request keeps its id.
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html
 */
export function entryConfig(system: System, name: string): string {
  const { entry, port } = system.components[name] ?? {}
  const routes = entry?.routes ?? []
  const contracts = [...new Set(routes.map(({ to }) => to))].flatMap((to) => system.components[to]?.contract ?? [])
  const ids = [...new Set(contracts.map(({ requestIdHeader }) => requestIdHeader.toLowerCase()))]
  return `${maps(ids)}
log_format entry '$remote_addr "$request_method $uri" $status $body_bytes_sent $request_time${ids.map((id) => ` ${known(id)}`).join('')}';

server {
    listen ${port};
    server_tokens off;
    access_log /var/log/nginx/access.log entry;

    # What is a little too large still goes on: it is refused there, in the words of the contract.
    client_max_body_size ${largestBody(contracts) / mebibyte + 1}m;

    proxy_http_version 1.1;
    proxy_connect_timeout 5s;
    proxy_read_timeout 60s;
    proxy_set_header Host $http_host;
    proxy_set_header Upgrade $upgrade_to;
    proxy_set_header Connection $connection_to;
${ids.map((id) => `    proxy_set_header ${id} ${known(id)};\n`).join('')}    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-Proto $scheme;

${locationsOf(system, routes)
  .map((location) => block(system, location))
  .join('\n')}}
`
}

/** The nginx configuration of a folder of pages: what is no file is a path of the app's own. */
export function pagesConfig(port: number): string {
  return `server {
    listen ${port};
    server_tokens off;
    root /usr/share/nginx/html;
    # The entry says who asked for what.
    access_log off;

    location / {
        add_header Cache-Control no-cache;
        try_files $uri /index.html;
    }

    # Their names change with their content.
    location /assets/ {
        add_header Cache-Control "public, max-age=31536000, immutable";
        try_files $uri =404;
    }
}
`
}

function maps(ids: readonly string[]): string {
  const upgrades = `# A connection may become a WebSocket, and nothing else.
map $http_upgrade $upgrade_to {
    default '';
    websocket websocket;
}
map $http_upgrade $connection_to {
    default '';
    websocket upgrade;
}
`
  const requestIds = ids.map(
    (id) => `# A request is known by the id that it came with, else by a new one.
map ${given(id)} ${known(id)} {
    default ${given(id)};
    '' $request_id;
}
`,
  )
  return [upgrades, ...requestIds].join('')
}

function given(header: string): string {
  return `$http_${header.replaceAll('-', '_')}`
}

function known(header: string): string {
  return `$known_by_${header.replaceAll('-', '_')}`
}

function block(system: System, { match, to, carries }: Location): string {
  const onward = `        proxy_pass http://${to}:${system.components[to]?.port};\n    }\n`
  if (carries === 'calls') return `    location ${match} {\n${onward}`
  return `    # ${carries.streams.join(', ')}: what is sent goes on when it comes, and may be silent for long.
    location ${match} {
        proxy_buffering off;
        proxy_read_timeout 1h;
${onward}`
}

/** In whole mebibytes. */
function largestBody(contracts: readonly AnyContract[]): number {
  const limits = contracts.flatMap((contract) => [
    contract.maxBodyBytes,
    ...Object.values(contract.operations).map(bodyLimit),
  ])
  return Math.ceil(Math.max(0, ...limits) / mebibyte) * mebibyte
}

function bodyLimit(operation: Operation): number {
  if (operation.kind === 'ws') return 0
  const content = contentOf(operation.spec.body)
  return content.kind === 'bytes' ? content.maxBytes : 0
}
