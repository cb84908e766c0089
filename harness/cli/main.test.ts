import { commands } from './commands.ts'
import { concordat } from './testing/concordat.ts'

test('help lists all commands, without colours where it is piped', async () => {
  const { code, stdout } = await concordat(['--help'])
  expect(code).toBe(0)
  for (const name of Object.keys(commands)) expect(stdout).toContain(` ${name} `)
  expect(stdout).not.toContain('\u001B')
})

test('no command at all is help too, and a usage error', async () => {
  const { code, stdout } = await concordat([])
  expect(code).toBe(2)
  expect(stdout).toContain('COMMANDS')
})

test.each(Object.keys(commands))('%s --help tells its flags', async (name) => {
  const { code, stdout } = await concordat([...name.split(' '), '--help'])
  expect(code).toBe(0)
  expect(stdout).toContain(`concordat ${name}`)
  expect(stdout).toMatch(/OPTIONS/)
})

test.each([
  [['gaet'], 'there is no command "gaet". Did you mean "gate"?'],
  [['env'], 'concordat env: say what: env check.'],
  [['--system', 'gate'], '"--system" comes after a command.'],
  [['gate', '--sytem', 'workbench'], 'there is no flag "--sytem". Did you mean "--system"?'],
  [['gate', 'workbench'], '"workbench" is one argument too many'],
  [['gate', '--system', 'no-such-system'], 'there is no system "no-such-system"'],
  [['record', '--edge', 'a--b'], 'there is no edge "a--b"'],
  [['replay'], 'Missing required positional argument: COMPONENT'],
  [['replay', 'workbench/backend'], 'Missing required argument: --target'],
  [['up', 'workbench', '--ports', 'some'], 'Invalid value for argument: --ports (some)'],
])('%j is a usage error that says what to do', async (args, message) => {
  const { code, stdout, stderr } = await concordat(args)
  expect(stderr).toContain(message)
  expect(stderr).not.toContain('    at ')
  expect(stdout).toBe('')
  expect(code).toBe(2)
})

test('with --json an error is one document too', async () => {
  const { code, stdout } = await concordat(['show', 'no-such-system', '--json'])
  expect(code).toBe(2)
  expect(JSON.parse(stdout)).toEqual({
    command: 'show',
    ok: false,
    exitCode: 2,
    findings: [],
    error: expect.stringContaining('there is no system "no-such-system"'),
  })
})

test('--verbose shows where an error comes from', async () => {
  const { stderr } = await concordat(['replay', 'no-such-system/a', '--target', 'mock', '--verbose'])
  expect(stderr).toContain('    at ')
})
