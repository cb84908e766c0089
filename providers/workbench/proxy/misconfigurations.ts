import type { Misconfiguration } from '#harness/pact/replay/misconfiguration.ts'

const behind = { entry: 'proxy', component: 'backend' } as const

/** Has all locations do something more. */
function alsoSay(line: string): (config: string) => string {
  return (config) => config.replace(/^server \{\n/m, (server) => `${server}    ${line}\n`)
}

function without(line: string): (config: string) => string {
  return (config) => config.replaceAll(new RegExp(`^ *${line}.*\n`, 'gm'), '')
}

/** The backend itself asks nginx not to buffer its streams; that is not to save a configuration which says the opposite. */
const buffered = 'proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;'

/** What goes wrong where such a configuration is written by hand, each with what suffers from it. */
export const misconfigurations: readonly Misconfiguration[] = [
  {
    ...behind,
    name: 'streams are buffered over HTTP/1.0, as nginx does unless told',
    change: (config) => config.replaceAll('proxy_buffering off;', `${buffered} proxy_http_version 1.0;`),
    expected: { operation: 'streamChat', interaction: 'shows an answer as it comes', code: 'stream-held-back' },
  },
  {
    ...behind,
    name: 'streams are buffered to be compressed',
    change: (config) =>
      config.replaceAll(
        'proxy_buffering off;',
        `${buffered} gzip on; gzip_min_length 0; gzip_types text/event-stream;`,
      ),
    expected: { operation: 'streamChat', interaction: 'shows an answer as it comes', code: 'stream-held-back' },
  },
  {
    ...behind,
    name: 'the upgrade to WebSocket is not passed on',
    change: without('proxy_set_header (Upgrade|Connection)'),
    expected: { operation: 'live', interaction: 'sees who else looks at a conversation', code: 'stream-mismatch' },
  },
  {
    ...behind,
    name: 'a body may have one mebibyte, as nginx has it unless told',
    change: without('client_max_body_size'),
    expected: { operation: 'uploadFile', path: /^\$\.reply\.status$/ },
  },
  {
    ...behind,
    name: 'a body that the backend would refuse in its own words is refused by nginx',
    change: (config) => config.replace(/client_max_body_size .*;/, 'client_max_body_size 5m;'),
    expected: { operation: 'uploadFile', path: /^\$\.reply\.body$/ },
  },
  {
    ...behind,
    name: 'the cookie is lost',
    change: alsoSay("proxy_set_header Cookie '';"),
    expected: { operation: 'whoAmI', interaction: 'knows who is signed in by the cookie', path: /^\$\.reply\.status$/ },
  },
  {
    ...behind,
    name: 'the bearer token is lost',
    change: alsoSay("proxy_set_header Authorization '';"),
    expected: {
      operation: 'whoAmI',
      interaction: 'knows who is signed in by the bearer token',
      path: /^\$\.reply\.status$/,
    },
  },
  {
    ...behind,
    name: 'the cookie of a new session is not given out',
    change: alsoSay('proxy_hide_header Set-Cookie;'),
    expected: {
      operation: 'signIn',
      interaction: 'signs in with address and password',
      path: /^\$\.reply\.headers\.set-cookie$/,
    },
  },
  {
    ...behind,
    name: 'the id of a request is lost, and its reply has another one',
    change: (config) => config.replace('x-request-id $known_by_x_request_id', 'x-request-id $request_id'),
    expected: {
      operation: 'listConversations',
      interaction: 'lists no conversations where there are none',
      path: /^\$\.reply\.headers\.x-request-id$/,
    },
  },
  {
    ...behind,
    name: 'where a stream broke is not passed on',
    change: alsoSay("proxy_set_header Last-Event-ID '';"),
    expected: {
      operation: 'followChat',
      interaction: 'goes on with an answer where its connection broke',
      code: 'stream-mismatch',
    },
  },
  {
    ...behind,
    name: 'how long to wait is not passed on',
    change: alsoSay('proxy_hide_header Retry-After;'),
    expected: {
      operation: 'signIn',
      interaction: 'is told to wait after too many sign-ins',
      path: /^\$\.reply\.headers\.retry-after$/,
    },
  },
  {
    ...behind,
    name: 'preflights are answered by nginx, which knows no origins',
    change: alsoSay('if ($request_method = OPTIONS) { return 204; }'),
    expected: { operation: 'renameConversation', interaction: 'its pages may rename a conversation' },
  },
  {
    ...behind,
    name: 'another prefix is routed: calls end at the pages',
    change: (config) => config.replace('location /api/ {', 'location /v1/ {'),
    expected: { operation: 'createConversation', interaction: 'creates a conversation' },
  },
  {
    ...behind,
    name: 'the prefix is cut off on the way',
    change: (config) => config.replace(/(location \/api\/ \{\n\s*proxy_pass [^;]+);/, '$1/;'),
    expected: {
      operation: 'getConversation',
      interaction: 'opens a conversation',
      path: /^\$\.reply\.status$/,
    },
  },
  {
    ...behind,
    name: 'the query is lost on the way',
    change: (config) => config.replace('location /api/ {', 'location /api/ {\n        rewrite ^(.*)$ $1? break;'),
    expected: { operation: 'uploadFile', interaction: 'stores a picture', path: /^\$\.reply\.status$/ },
  },
]
