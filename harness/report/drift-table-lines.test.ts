import { driftTable } from '#harness/gate/drift-table.ts'
import { edge, replayRun } from '#harness/gate/testing/evidence.ts'
import { driftTableLines } from './drift-table-lines.ts'

function lines(results: Parameters<typeof driftTable>[1], changed = edge): string[] {
  return driftTableLines(driftTable([changed], results))
    .filter((line) => /operation|getBook|listBooks|dropBook|undeclared/.test(line))
    .map((line) => line.replaceAll(/ {2,}/g, '  '))
}

const drifted = replayRun('mock', {
  interactions: [
    { description: 'lists books', operation: 'listBooks', findings: [] },
    {
      description: 'reads a book',
      operation: 'getBook',
      findings: ['$.reply.status', '$.reply.body.title', '$.reply.body.pages'].map((path) => ({
        code: 'interaction-mismatch',
        severity: 'error',
        path,
        message: '',
        fix: '',
      })),
    },
  ],
})

test('each operation is set against contract, pact, live and mock', () => {
  expect(lines([replayRun('live'), drifted])).toEqual([
    'operation  contract  pact  live  mock',
    'getBook  GET /books/{id}  1  same  1 differ: $.reply.status, $.reply.body.title, …',
    'listBooks  GET /books  1  same  same',
    'dropBook  DELETE /books/{id}  0  -  -',
  ])
})

test('what was not replayed, and what the contract does not have, says so', () => {
  const foreign = { description: 'lists magazines', operation: undefined }
  const pact = { kind: 'read', interactions: [foreign], findings: [] } as const
  expect(lines([replayRun('live', { interactions: [] })], { ...edge, pact })).toContain(
    '(undeclared)  not there  1  0 of 1 replayed  0 of 1 replayed',
  )
})
