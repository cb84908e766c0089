import { listenMock } from '#harness/mock/listen.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import { conversation } from '../project/contracts/hundred/routes.ts'
import { mock } from '../project/mocks/hundred/api.mock.ts'

// A mock on a port; before it a tap that hands requests over to it, and one that passes them on over a connection, as all do
// while hooks are set.

const listening = await listenMock(mock, { onFinding: (finding) => console.error(finding) })
await listening.setUp('conversationExists', conversation)
const tap = await startProxy({ target: listening.url, local: () => listening })
const relay = await startProxy({ target: listening.url })
process.send?.({ url: listening.url, others: [tap.url, relay.url] })
process.once('disconnect', () => process.exit())
