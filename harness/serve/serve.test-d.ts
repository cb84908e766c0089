import type { OperationsOf } from '#harness/contract/contract.ts'
import { event, reply } from '#harness/contract/reply.ts'
import type { library } from './example-contract.ts'
import type { Handlers } from './handlers.ts'

// Checked by the compiler alone.

type All = Handlers<OperationsOf<typeof library>, { name: string }>
const book = { id: 'x', title: 'Dune', pages: 1 }

export const good: Pick<All, 'getBook' | 'addBook' | 'readAloud'> = {
  getBook: ({ params }) => reply(200, { ...book, id: params.id }),
  addBook: ({ principal, body }) => reply(201, { ...book, title: body.title + principal.name }, { location: '/' }),
  async *readAloud() {
    yield event('word', { text: 'a' })
    yield event('end', { words: 1 })
  },
}

// @ts-expect-error handlers are missing
export const missing: All = good
// @ts-expect-error a status that the operation does not declare
export const undeclared: All['getBook'] = () => reply(202, book)
// @ts-expect-error a field of the reply is missing
export const partial: All['getBook'] = () => reply(200, { id: 'x', title: 'Dune' })
// @ts-expect-error a declared header is missing
export const headless: All['addBook'] = () => reply(201, book)
// @ts-expect-error an operation without credential has no principal
export const nobody: All['getBook'] = ({ principal }) => reply(200, { ...book, title: principal.name })
// @ts-expect-error an event that the stream does not have
export const noise: All['readAloud'] = async function* () {
  yield event('noise', {})
}
