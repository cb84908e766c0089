import { describeWhen } from '#harness/stack/testing/describe-when.ts'
import { chromiumMissing, findChromium, launchChromium } from '#harness/browser/chromium.ts'
import { call, deployed, publish, verified } from '../../testing/broker-api.ts'
import { testBroker, type TestBroker } from '../../testing/test-broker.ts'
import { layersOf } from './network-layout.ts'

let broker: TestBroker
beforeAll(async () => {
  broker = await testBroker()
  await publish(broker, { version: 't1', branch: 'main', fields: { id: 7, note: '<b>bold</b>' } })
  await publish(broker, { version: 't2', branch: 'feat/<i>', fields: { id: 7 } })
  await verified(broker, { of: 't1', by: 'b1', branch: 'main' })
  await verified(broker, { of: 't2', by: 'b1', success: false })
  await deployed(broker, { pacticipant: 'shop-backend', version: 'b1', to: 'production' })
  await publish(broker, { consumer: 'shop-backend', provider: 'ledger', version: 'b1' })
})
afterAll(() => broker[Symbol.asyncDispose]())

const html = async (path: string): Promise<string> =>
  (await call(broker, path, { headers: { accept: 'text/html,application/xhtml+xml' } })).body

test('pacts, the matrix, a pact and a difference are pages, with what came from outside as text', async () => {
  const overview = await html('/')
  expect(overview).toContain('<a href="/ui/pact?consumer=till&amp;provider=shop-backend&amp;version=t2">')
  expect(overview).toContain('✗ failed')
  const matrix = await html('/ui/matrix?consumer=till&provider=shop-backend')
  expect(matrix).toContain('in Production')
  expect(matrix).toContain('feat/&lt;i&gt;')
  const pact = await html('/pacts/provider/shop-backend/consumer/till/version/t1')
  expect(pact).toContain('reads an order given orderExists')
  expect(pact).toContain('&lt;b&gt;bold&lt;/b&gt;')
  expect(await html('/ui/diff?consumer=till&provider=shop-backend&version=t2')).toContain(
    '~ reads an order given orderExists',
  )
  expect(await html('/ui/network')).toContain('till → shop-backend')
})

test('what is not there is a page with 404, and an empty broker says what to do', async () => {
  for (const path of [
    '/ui/pact?consumer=a&provider=b',
    '/ui/matrix?consumer=a&provider=b',
    '/ui/diff?consumer=till&provider=shop-backend&version=t1',
  ])
    expect(await call(broker, path)).toMatchObject({
      status: 404,
      body: expect.stringContaining('There is no such thing here.'),
    })
  await using empty = await testBroker()
  expect((await call(empty, '/ui')).body).toContain('concordat publish')
})

test('pacticipants stand right of those who call them, and rings are cut', () => {
  const edges = [
    { consumer: 'a', provider: 'b' },
    { consumer: 'b', provider: 'c' },
    { consumer: 'a', provider: 'c' },
    { consumer: 'c', provider: 'b' },
  ]
  expect(layersOf(edges)[0]).toEqual(['a'])
  expect(
    layersOf([
      { consumer: 'x', provider: 'y' },
      { consumer: 'y', provider: 'x' },
    ]).flat(),
  ).toEqual(['x', 'y'])
})

describeWhen(findChromium() === undefined ? chromiumMissing : undefined, 'in a browser', () => {
  test.each([
    [360, 'light'],
    [1280, 'dark'],
  ] as const)(
    'at %i pixels, %s, each page has its style, asks for nothing else and fits',
    async (width, colorScheme) => {
      const browser = await launchChromium()
      try {
        const tab = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
        const problems: string[] = []
        tab.on('console', (message) => void problems.push(message.text()))
        tab.on('request', (request) => {
          if (!request.isNavigationRequest() && !request.url().endsWith('favicon.ico')) problems.push(request.url())
        })
        for (const path of [
          '/ui',
          '/ui/network',
          '/ui/matrix?consumer=till&provider=shop-backend',
          '/ui/pact?consumer=till&provider=shop-backend',
        ]) {
          await tab.goto(`${broker.url}${path}`)
          const { overflow, styled } = await tab.evaluate(() => ({
            overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            styled: getComputedStyle(document.body).fontFamily,
          }))
          expect({ path, overflow, styled }).toEqual({ path, overflow: 0, styled: 'system-ui, sans-serif' })
        }
        expect(problems.filter((problem) => !problem.includes('favicon'))).toEqual([])
      } finally {
        await browser.close()
      }
    },
  )
})
