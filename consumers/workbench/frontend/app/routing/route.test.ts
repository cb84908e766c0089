import { conversationPath, routeOf } from './route.ts'

test.each([
  ['/', { page: 'home' }],
  ['/login', { page: 'sign-in' }],
  ['/files', { page: 'files' }],
  ['/status', { page: 'status' }],
  [conversationPath('a1'), { page: 'conversation', id: 'a1' }],
  ['/conversations', { page: 'nowhere' }],
  ['/conversations/a/b', { page: 'nowhere' }],
  ['/toString', { page: 'nowhere' }],
])('%s', (path, route) => {
  expect(routeOf(path)).toEqual(route)
})
