import type { ArgsDef } from 'citty'
import { UsageError } from '#harness/project/usage-error.ts'
import { checkArgs, valuesOf } from './check-args.ts'

const args = {
  what: { type: 'positional' },
  target: { type: 'string' },
  ports: { type: 'enum', options: ['own', 'free'] },
  'max-workers': { type: 'string' },
  verbose: { type: 'boolean' },
} satisfies ArgsDef

function refusal(...rawArgs: string[]): string {
  try {
    checkArgs('replay', rawArgs, args)
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message
  }
}

test('lets declared flags and arguments pass, in either notation', () => {
  expect(refusal('a/b', '--target', 'live', '--verbose')).toBe('')
  expect(refusal('--target=http://127.0.0.1:1/?a=b', 'a/b')).toBe('')
  expect(refusal('--maxWorkers', '4')).toBe('')
  expect(refusal('--max-workers=4')).toBe('')
})

test('an unknown flag is refused with the nearest one', () => {
  expect(refusal('--verbos')).toBe(
    'concordat replay: there is no flag "--verbos". Did you mean "--verbose"? See "concordat replay --help".',
  )
  expect(refusal('--colour')).toContain('there is no flag "--colour". See')
  expect(refusal('-v')).toContain('there is no flag "-v"')
})

test('a flag without its value is refused', () => {
  expect(refusal('--target')).toContain('--target needs a value')
  expect(refusal('--target', '--verbose')).toContain('--target needs a value')
  expect(refusal('--target=')).toContain('--target needs a value')
})

test('an argument too many is refused', () => {
  expect(refusal('a/b', 'c/d')).toContain('"c/d" is one argument too many')
})

test('a flag that is given twice has both values', () => {
  const rawArgs = ['--target', 'a', 'a/b', '--target=b=c']
  expect(valuesOf(rawArgs, args, 'target')).toEqual(['a', 'b=c'])
  expect(valuesOf(rawArgs, args, 'ports')).toEqual([])
})
