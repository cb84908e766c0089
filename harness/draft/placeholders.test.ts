import { z } from 'zod'
import { secret } from '#harness/contract/schema.ts'
import { withPlaceholders } from './placeholders.ts'

test('what was masked, what the schema calls a secret and what looks like one are placeholders', () => {
  const schema = z.object({
    password: z.string(),
    pin: secret(z.string()),
    note: z.string(),
    list: z.array(z.string()),
  })
  const value = { password: '***', pin: '1234', note: 'sk-abcdefghijklmnopqrstuvwx', list: ['a', '***'] }
  expect(withPlaceholders(value, schema)).toEqual({
    password: 'placeholder-password',
    pin: 'placeholder-pin',
    note: 'placeholder-note',
    list: ['a', 'placeholder-list'],
  })
})

test('by its name something is a secret where a pact may not have it', () => {
  expect(withPlaceholders({ client_secret: 'abc', secretary: 'Ann' }, undefined)).toEqual({
    client_secret: 'placeholder-client-secret',
    secretary: 'Ann',
  })
})
