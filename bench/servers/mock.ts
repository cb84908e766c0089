import { listenMock } from '#harness/mock/listen.ts'
import { conversation } from '../project/contracts/hundred/routes.ts'
import { mock } from '../project/mocks/hundred/api.mock.ts'

// The mock on a port of its own, without a journal.

const listening = await listenMock(mock, { onFinding: (finding) => console.error(finding) })
await listening.setUp('conversationExists', conversation)
process.send?.({ url: listening.url })
process.once('disconnect', () => process.exit())
