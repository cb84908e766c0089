import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { System } from '#harness/contract/system.ts'
import { generatedMark, type GeneratedFile } from '../generated-file.ts'
import { openApiDocuments } from '../openapi/documents.ts'
import type { SchemaNames } from '../schema-names.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'

/**
 * One page to read the contracts of a system in: `index.html`, complete in itself. It asks nobody for anything, and its
 * content policy sees to that.
 */
export async function referencePage(system: System, names: SchemaNames): Promise<readonly GeneratedFile[]> {
  const documents = Object.fromEntries(await openApiDocuments(system, names))
  const [style, library] = await Promise.all([dist('swagger-ui.css'), dist('swagger-ui-bundle.js')])
  const text = `<!doctype html>
<!-- ${generatedMark('reference', system.name)} -->
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(system.name)} · API reference</title>
    <link rel="icon" href="data:," />
    <style>${style}</style>
    <style>${pageStyle}</style>
  </head>
  <body>
    <header>
      <h1>${escaped(system.name)} <small>API reference</small></h1>
      <nav aria-label="Components"></nav>
    </header>
    <main>
      <div id="reference"></div>
      <section id="channels" class="swagger-ui"></section>
    </main>
    <script>${inScript(library)}</script>
    <script id="documents" type="application/json">${inJson(documents)}</script>
    <script>${pageScript}</script>
  </body>
</html>
`
  return [{ path: 'index.html', text }]
}

const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:"

/** A file of the library, without the address of its source map, which is not there. */
async function dist(file: string): Promise<string> {
  const path = createRequire(import.meta.url).resolve(`swagger-ui-dist/${file}`)
  return (await readFile(path, 'utf8')).replace(/\n?\/[/*]# sourceMappingURL=\S+(?: \*\/)?\s*$/, '')
}

/** What would end the element early means the same in a script's texts when it is written like this. */
function inScript(script: string): string {
  return script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
}

function inJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
