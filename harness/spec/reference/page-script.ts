/** What the page does: it shows the component that the address names, or the first, and links to the others. */
export const pageScript = `
const documents = JSON.parse(document.getElementById('documents').textContent)
const names = Object.keys(documents)
const asked = new URLSearchParams(location.search).get('component')
const chosen = names.includes(asked) ? asked : names[0]
const shown = documents[chosen]

function element(tag, text, attributes = {}) {
  const made = Object.assign(document.createElement(tag), attributes)
  made.textContent = text
  return made
}

for (const name of names) {
  const link = element('a', name, { href: '?component=' + encodeURIComponent(name) })
  if (name === chosen) link.setAttribute('aria-current', 'page')
  document.querySelector('nav').append(link)
}

const place = document.getElementById('channels')
for (const [name, channel] of Object.entries(shown['x-channels'] ?? {})) {
  if (place.childElementCount === 0) place.append(element('h2', 'channels'))
  const entry = element('details', '')
  const line = element('summary', '')
  line.append(element('b', 'WS'), element('code', channel.path), element('span', channel.summary), element('i', name))
  entry.append(line)
  for (const way of ['send', 'receive']) {
    for (const [message, schema] of Object.entries(channel[way])) {
      entry.append(element('h3', way + ' ' + message), element('pre', JSON.stringify(schema, null, 2)))
    }
  }
  place.append(entry)
}

// The library resolves references within OpenAPI 3.1 under http addresses only. Nothing is ever asked for there.
if (location.protocol === 'file:') Object.defineProperty(document, 'baseURI', { value: 'http://reference.invalid/' })

SwaggerUIBundle({
  spec: shown,
  dom_id: '#reference',
  deepLinking: true,
  displayOperationId: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  showExtensions: true,
  // A page to read in: it calls nobody.
  supportedSubmitMethods: [],
  validatorUrl: null,
})
`
