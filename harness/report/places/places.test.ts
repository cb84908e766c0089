import { gateProject } from '#harness/gate/testing/gate-project.ts'
import { library } from '#harness/serve/example-contract.ts'
import { system } from '#harness/contract/system.ts'
import { temporaryProject } from '#harness/testing/temporary-project.ts'
import { readPlaces, type Places } from './places.ts'
import type { Place } from './source-files.ts'

const shop = system('shop', {
  components: {
    till: { environment: {} },
    stock: { contract: { ...library, name: 'shop-stock' }, port: 1, environment: {} },
  },
  edges: [{ consumer: 'till', provider: 'stock' }],
  startOrder: ['stock', 'till'],
  agreements: [],
})

async function withPlaces(look: (places: Places, lineAt: (place: Place | undefined) => string | undefined) => void) {
  const files = {
    ...gateProject,
    'consumers/shop/till/apostrophe.pact.test.ts': String.raw`till.records('sells somebody\'s item', {`,
    'providers/shop/stock/handlers.py': 'import os\n\n    def drop_item(self):\n',
  }
  await using project = await temporaryProject(files)
  const texts: Readonly<Record<string, string>> = files
  look(await readPlaces(project.root, shop), (place) => place && texts[place.file]?.split('\n')[place.line - 1]?.trim())
}

test('an interaction is found where a test of its consumer describes it, by a template too', async () => {
  await withPlaces(({ interaction }, lineAt) => {
    expect(lineAt(interaction('till', 'reads item 2'))).toBe('till.records(`reads item ${id}`, {')
    expect(lineAt(interaction('till', "sells somebody's item"))).toContain('sells somebody')
    expect(interaction('till', 'burns an item')).toBeUndefined()
    expect(interaction('stock', 'reads item 2')).toBeUndefined()
  })
})

test('an operation is found in its contract, and handled by the live service and by the mock', async () => {
  await withPlaces(({ operation, handler }, lineAt) => {
    expect(lineAt(operation('stock', 'getItem'))).toMatch(/^getItem: http\.get\(/)
    expect(handler('live', 'stock', 'getItem')?.file).toBe('providers/shop/stock/main.ts')
    expect(handler('mock', 'stock', 'getItem')?.file).toBe('mocks/shop/stock.mock.ts')
    expect(lineAt(handler('mock', 'stock', 'getItem'))).toBe('getItem({ params: { id } }) {')
    expect(lineAt(handler('live', 'stock', 'dropItem'))).toBe('def drop_item(self):')
    expect(operation('stock', 'burnItem')).toBeUndefined()
  })
})
