import { stories } from '#harness/scenario/stories.ts'
import { newBrowser, signedInBrowser } from './browser.ts'

const healthy = { database: 'healthy', cache: 'healthy', storage: 'healthy' }

await stories('workbench', ['mock', 'live'], {
  async 'a store goes down, the health page says which, and all recovers when it comes back'(stack) {
    const browser = await signedInBrowser(stack)
    const { id } = await browser.conversations.create({ title: 'Before', model: 'gpt-4' })
    for (const store of ['database', 'cache', 'storage'] as const) {
      await stack.setUp('backend', 'storeDown', { store })
      expect(await browser.health()).toEqual({ ...healthy, [store]: 'unhealthy' })
      await stack.setUp('backend', 'allHealthy', {})
      expect(await newBrowser(stack).health()).toEqual(healthy)
    }
    expect(await browser.conversations.open(id)).toMatchObject({ title: 'Before' })
  },
})
