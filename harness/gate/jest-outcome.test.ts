import { readOutcome, type JestOutput } from './jest-outcome.ts'

type Assertion = { title: string; status: string; failureMessages?: string[] }

function file(name: string, assertions: readonly Assertion[], message = '') {
  const assertionResults = assertions.map((assertion) => ({
    ancestorTitles: ['block'],
    failureMessages: [],
    ...assertion,
  }))
  return { name, status: 'passed', message, assertionResults }
}

function output(
  testResults: readonly ReturnType<typeof file>[],
  changes: Partial<JestOutput> & { success?: boolean } = {},
) {
  const { success = true, ...rest } = changes
  return readOutcome({
    json: JSON.stringify({ success, testResults }),
    files: testResults.map(({ name }) => name),
    exitCode: success ? 0 : 1,
    lastLines: [],
    ...rest,
  })
}

test('gives each test with its blocks and its status', () => {
  const { tests, problems } = output([
    file('/a.test.ts', [
      { title: 'one', status: 'passed' },
      { title: 'two', status: 'pending' },
    ]),
  ])
  expect(problems).toEqual([])
  expect(tests).toEqual([
    { file: '/a.test.ts', blocks: ['block'], title: 'one', status: 'passed', message: '' },
    { file: '/a.test.ts', blocks: ['block'], title: 'two', status: 'skipped', message: '' },
  ])
})

test('a failure comes without colours and without the frames of Jest and Node', () => {
  const message = [
    'Error: \u001B[31mexpected 1\u001B[39m',
    '    at check (/project/a.test.ts:3:4)',
    '    at run (/project/node_modules/jest-circus/build/index.js:1:2)',
    '    at new Promise (<anonymous>)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
  ].join('\n')
  const { tests } = output([file('/a.test.ts', [{ title: 'one', status: 'failed', failureMessages: [message] }])], {
    success: false,
  })
  expect(tests[0]?.message).toBe('Error: expected 1\n    at check (/project/a.test.ts:3:4)')
})

test('a file that was given and did not run is a problem', () => {
  const { problems } = output([file('/a.test.ts', [{ title: 'one', status: 'passed' }])], {
    files: ['/a.test.ts', '/b.test.ts'],
  })
  expect(problems).toEqual([{ file: '/b.test.ts', message: 'Jest did not run it.' }])
})

test('a file of which no test ran is a problem, whether skipped or broken', () => {
  const { problems } = output(
    [
      file('/skipped.test.ts', [{ title: 'one', status: 'pending' }]),
      file('/empty.test.ts', []),
      file('/broken.test.ts', [], '\u001B[1mCannot find module x'),
    ],
    { success: false },
  )
  expect(problems).toEqual([
    { file: '/skipped.test.ts', message: 'None of its tests ran.' },
    { file: '/empty.test.ts', message: 'None of its tests ran.' },
    { file: '/broken.test.ts', message: 'Cannot find module x' },
  ])
})

test('no results at all are a problem, with the last lines', () => {
  expect(output([], { json: undefined, exitCode: 1, lastLines: ['Validation Error:'] })).toEqual({
    tests: [],
    problems: [{ file: undefined, message: 'Jest ended with 1 and gave no results:\nValidation Error:' }],
  })
})

test('an exit code that nothing explains is a problem', () => {
  const passed = [file('/a.test.ts', [{ title: 'one', status: 'passed' }])]
  const expected = [{ file: undefined, message: 'Jest ended with 1:\nA worker was killed.' }]
  expect(output(passed, { exitCode: 1, lastLines: ['A worker was killed.'] }).problems).toEqual(expected)
  expect(output(passed, { success: false, lastLines: ['A worker was killed.'] }).problems).toEqual(expected)
})
