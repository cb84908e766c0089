import { gateProject } from '#harness/gate/testing/gate-project.ts'

/** The files of a small system whose consumer is a page. */
export const pagesProject: Readonly<Record<string, string>> = {
  ...gateProject,
  'contracts/shop/system.ts': (gateProject['contracts/shop/system.ts'] ?? '').replace(
    "provider: 'stock' }",
    "provider: 'stock', variable: 'STOCK_URL' }",
  ),
  'consumers/shop/till/app/index.html': `<!doctype html>
<html lang="en">
  <head><title>Till</title><link rel="icon" href="data:," /></head>
  <body><div id="app"></div><script type="module" src="/main.ts"></script></body>
</html>
`,
  'consumers/shop/till/app/main.ts': `
const url: string = import.meta.env.STOCK_URL
const reply = await fetch(url + '/items/7')
document.querySelector('#app')!.innerHTML = '<p>' + url + ' answered ' + reply.status + '</p>'
`,
  'consumers/shop/till/app/first-states.ts': `export const firstStates = [{ name: 'itemExists', params: { id: 7 } }]\n`,
}
