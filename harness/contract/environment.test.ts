import { z } from 'zod'
import { environmentProblems, readEnvironment } from './environment.ts'
import { secret } from './schema.ts'

const fields = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('Address of PostgreSQL.'),
  KEY: secret(z.string().min(8)),
  LEVEL: z.enum(['info', 'debug']).default('info'),
  EXTRA: z.string().optional(),
}

test('an environment is read typed, with its defaults', () => {
  const read = readEnvironment('backend', fields, {
    DATABASE_URL: 'postgres://db/x',
    KEY: 'long enough',
    OTHER: 'left out',
  })
  expect(read).toEqual({ DATABASE_URL: 'postgres://db/x', KEY: 'long enough', LEVEL: 'info' })
})

test('all that is missing or malformed is said at once, and no value is repeated', () => {
  const start = (): unknown => readEnvironment('backend', fields, { DATABASE_URL: '', KEY: 'hunter2', LEVEL: 'loud' })
  expect(start).toThrow('backend cannot start: its environment is incomplete.')
  expect(start).toThrow('DATABASE_URL: Address of PostgreSQL.')
  expect(start).not.toThrow('hunter2')
  expect(environmentProblems(fields, { KEY: 'hunter2', LEVEL: 'loud' })).toMatchObject([
    { variable: 'DATABASE_URL', kind: 'missing' },
    { variable: 'KEY', kind: 'malformed' },
    { variable: 'LEVEL', kind: 'malformed' },
  ])
})
