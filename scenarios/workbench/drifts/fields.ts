import type { Drift } from '#harness/drift/drift.ts'
import { replyField } from '#harness/drift/deviations.ts'
import { drop, rename, set, turn } from '#harness/drift/json-place.ts'
import { inBody } from '#harness/drift/places.ts'

/** Fields of a reply: dropped, renamed, of another type, value or nullness (C8 to C12). */
export const fields: readonly Drift[] = [
  {
    class: 'C8',
    operation: 'createConversation',
    name: 'title does not come back',
    hooks: replyField('title', drop),
    expected: inBody(''),
  },
  {
    class: 'C8',
    operation: 'listConversations',
    name: 'total is left out',
    hooks: replyField('pagination.total_items', drop),
    expected: inBody('\\.pagination'),
  },
  {
    class: 'C8',
    operation: 'uploadFile',
    name: 'name does not come back',
    hooks: replyField('name', drop),
    expected: inBody(''),
  },
  {
    class: 'C9',
    operation: 'listMessages',
    name: 'content renamed',
    hooks: replyField('data[].content', rename('text')),
    expected: inBody('\\.data\\[0\\]'),
  },
  {
    class: 'C9',
    operation: 'listConversations',
    name: 'total_items in camel case',
    hooks: replyField('pagination.total_items', rename('totalItems')),
    expected: inBody('\\.pagination'),
  },
  {
    class: 'C10',
    operation: 'createConversation',
    name: 'ids that are no UUIDs',
    hooks: replyField('id', set('conv-1')),
    expected: inBody('\\.id'),
  },
  {
    class: 'C10',
    operation: 'listConversations',
    name: 'numbers as text',
    hooks: replyField('pagination.page', turn(String)),
    expected: inBody('\\.pagination\\.page'),
  },
  {
    class: 'C10',
    operation: 'listConversations',
    name: 'total counted in pages',
    hooks: replyField(
      'pagination.total_items',
      turn((total) => Math.ceil(Number(total) / 20) + 1),
    ),
    expected: inBody('\\.pagination\\.total_items'),
  },
  {
    class: 'C11',
    operation: 'listMessages',
    name: 'a role that the consumer does not know',
    hooks: replyField(
      'data[].role',
      turn((role) => (role === 'assistant' ? 'bot' : role)),
    ),
    expected: inBody('\\.data\\[\\d\\]\\.role'),
  },
  {
    class: 'C11',
    operation: 'health',
    name: 'another word for healthy',
    hooks: replyField(
      'database',
      turn((word) => (word === 'healthy' ? 'ok' : word)),
    ),
    expected: inBody('\\.database'),
  },
  {
    class: 'C12',
    operation: 'getConversation',
    name: 'title is null',
    hooks: replyField('title', set(null)),
    expected: inBody('\\.title'),
  },
  {
    class: 'C12',
    operation: 'listConversations',
    name: 'list is null',
    hooks: replyField('data', set(null)),
    expected: inBody('\\.data'),
  },
]
