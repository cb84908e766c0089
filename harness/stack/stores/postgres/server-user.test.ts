import { serverUser } from './server-user.ts'

const ACCOUNTS = 'root:x:0:0::/root:/bin/sh\npostgresql:x:9:9::/:/bin/sh\nnobody:x:65534:65533::/:/bin/sh\n'

test('an ordinary user runs the server as itself', () => {
  expect(serverUser(1000, () => ACCOUNTS)).toEqual({ kind: 'self' })
})

test('root runs it as postgres, or else as nobody', () => {
  const postgres = 'postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash\n'
  expect(serverUser(0, () => ACCOUNTS + postgres)).toEqual({ kind: 'other', name: 'postgres', uid: 101, gid: 104 })
  expect(serverUser(0, () => ACCOUNTS)).toEqual({ kind: 'other', name: 'nobody', uid: 65534, gid: 65533 })
})

test('without either the reason is given', () => {
  expect(serverUser(0, () => 'root:x:0:0::/root:/bin/sh\n')).toMatchObject({ kind: 'none' })
})
