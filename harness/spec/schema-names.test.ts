import { z } from 'zod'
import { Problem } from '#harness/contract/problem.ts'
import { schemaNames, withErrorNames } from './schema-names.ts'
import { example } from './testing/example-system.ts'

const Job = z.object({ id: z.uuid() })

test('schemas are called as they are exported, those of the contract language included', () => {
  const names = schemaNames([{ Job, limit: 7, lowerCase: z.string() }, { OtherJob: Job }])
  expect(names.get(Job)).toBe('Job')
  expect(names.get(Problem)).toBe('Problem')
  expect([...names.values()]).toEqual(['Job', 'Problem', 'Pagination'])
})

test('where two schemas have one name, the first has it', () => {
  const Other = z.object({ name: z.string() })
  const names = schemaNames([{ Job }, { Job: Other }])
  expect(names.get(Other)).toBeUndefined()
})

test('an error shape without a name gets one by its component', () => {
  const names = [...withErrorNames(schemaNames([{ OdditiesProblem: Job }]), example).values()]
  expect(names).toEqual(expect.arrayContaining(['BookShelfProblem', 'OdditiesProblem', 'OdditiesProblem_']))
})
