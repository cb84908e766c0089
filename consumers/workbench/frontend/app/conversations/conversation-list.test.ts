import type { Conversation } from '../../conversations.ts'
import { emptyList, withAdded, withChanged, without, withPage } from './conversation-list.ts'

function conversation(id: string, title = id): Conversation {
  return { id, title, model: 'gpt-4', updatedAt: new Date('2026-01-02') }
}

const first = { conversations: [conversation('c'), conversation('b')], page: 1, totalPages: 2, totalItems: 3 }
const second = { conversations: [conversation('b'), conversation('a')], page: 2, totalPages: 2, totalItems: 3 }
const idsOf = ({ conversations }: { conversations: readonly Conversation[] }) => conversations.map(({ id }) => id)

test('pages follow each other, and what moved from one to the next is there once', () => {
  const one = withPage(emptyList, first)
  expect(one).toMatchObject({ totalItems: 3, hasMore: true })
  const two = withPage(one, second)
  expect(idsOf(two)).toEqual(['c', 'b', 'a'])
  expect(two.hasMore).toBe(false)
})

test('the first page begins the list anew', () => {
  expect(idsOf(withPage(withPage(emptyList, second), first))).toEqual(['c', 'b'])
})

test('a new conversation comes first, one that changed too', () => {
  const list = withAdded(withPage(emptyList, first), conversation('d'))
  expect(list.totalItems).toBe(4)
  expect(idsOf(list)).toEqual(['d', 'c', 'b'])
  const changed = withChanged(list, conversation('b', 'Plans'))
  expect(idsOf(changed)).toEqual(['b', 'd', 'c'])
  expect(changed.conversations[0]?.title).toBe('Plans')
})

test('what is not shown cannot change or go', () => {
  const list = withPage(emptyList, first)
  expect(withChanged(list, conversation('x'))).toBe(list)
  expect(without(list, 'x')).toEqual(list)
  expect(without(list, 'c')).toMatchObject({ totalItems: 2, conversations: [{ id: 'b' }] })
})
