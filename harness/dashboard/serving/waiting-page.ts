import { pageHeaders } from './page-files.ts'

// A `refresh` of the document would not ask again: the token in the address makes it a jump within the page.
const script = 'setTimeout(() => location.reload(), 1000)\n'

const style = `body { max-width: 44rem; margin: 15vh auto 0; padding: 0 1.5rem; font: 14px/1.5 system-ui, sans-serif }
h1 { font-size: 1.3rem }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere }
`

/** What the pages here need beside themselves; undefined for any other path. */
export function waitingFile(path: string): Response | undefined {
  if (path === '/waiting.js') return answer(script, 'text/javascript', 200)
  if (path === '/waiting.css') return answer(style, 'text/css', 200)
  return undefined
}

function answer(text: string, mediaType: string, status: number): Response {
  const headers = { ...pageHeaders, 'content-type': `${mediaType}; charset=utf-8`, 'cache-control': 'no-store' }
  return new Response(text, { status, headers })
}

type Plain = Readonly<{ title: string; text: string; status: number; again: boolean }>

/** A page that is there without being built. */
function plainPage({ title, text, status, again }: Plain): Response {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><link rel="stylesheet" href="/waiting.css">
<title>Concordat</title>
<h1>${escaped(title)}</h1>
<pre>${escaped(text)}</pre>
${again ? '<script src="/waiting.js"></script>' : ''}
</html>`
  return answer(html, 'text/html', status)
}

/** Says that the page is being built. */
export function waitingPage(): Response {
  return plainPage({
    title: 'The dashboard is being built',
    text: 'This happens once after each change of its sources, and takes some seconds.\nThe page appears by itself.',
    status: 200,
    again: true,
  })
}

/** Says why the page could not be built, and what to do. */
export function failedPage(error: unknown): Response {
  const reason = error instanceof Error ? error.message : String(error)
  const help = 'Run "npm run build:dashboard" to see more, then load this page again.'
  return plainPage({
    title: 'The dashboard could not be built',
    text: `${reason}\n\nThe control API works without it. ${help}`,
    status: 500,
    again: false,
  })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
