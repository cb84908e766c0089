import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runPythonTests } from './testing/python-tests.ts'

test('Python says the same of all vectors', async () => {
  const { ran, output } = await runPythonTests(fileURLToPath(new URL('python', import.meta.url)))
  expect(ran).toBeGreaterThan(0)
  for (const suite of ['test_request_signature.SignedRequests', 'test_tokens.Tokens']) expect(output).toContain(suite)
})

describe('a run of Python tests', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'python-tests-'))
    await mkdir(join(folder, 'tests'))
    await writeFile(join(folder, 'tests', '__init__.py'), '')
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('in which nothing ran has failed', async () => {
    await expect(runPythonTests(folder)).rejects.toThrow(/no Python test ran|NO TESTS RAN/)
  })

  test('with a test that fails shows what it says', async () => {
    const lines = [
      'import unittest',
      'class A(unittest.TestCase):',
      '    def test_a(self):',
      '        self.fail("red")',
    ]
    await writeFile(join(folder, 'tests', 'test_a.py'), lines.join('\n'))
    await expect(runPythonTests(folder)).rejects.toThrow('AssertionError: red')
  })

  test('without Python says what to install', async () => {
    const { PATH } = process.env
    process.env['PATH'] = folder
    try {
      await expect(runPythonTests(folder)).rejects.toThrow('Install Python 3.9 or newer')
    } finally {
      process.env['PATH'] = PATH
    }
  })
})
