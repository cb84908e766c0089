import { commandFiles, liveCommand } from './live-command.ts'

const component = (...command: [string, ...string[]]) => ({ environment: {}, command })

test('a service is main.ts with the Node that runs this, in its own folder', () => {
  expect(liveCommand({ environment: {} }, '/shop/till')).toMatchObject({
    command: process.execPath,
    args: expect.arrayContaining(['/shop/till/main.ts']),
    cwd: '/shop/till',
  })
  expect(commandFiles({ environment: {} })).toEqual(['main.ts'])
})

test('a service in another language is what its system says', () => {
  expect(liveCommand(component('python3', 'main.py', '--quiet'), '/shop/till')).toEqual({
    command: 'python3',
    args: ['main.py', '--quiet'],
    cwd: '/shop/till',
  })
})

test.each([
  [['python3', 'main.py'], ['main.py']],
  [['./till', '--port', '80'], ['till']],
  [['node', '--import', './hooks.mjs', 'src/main.mjs'], ['src/main.mjs']],
  [['python3', '-m', 'till.main'], []],
  [['cargo', 'run', '--release'], []],
  [['java', '-jar', 'till.jar', 'http://example.com/a.json'], []],
  [['python3', '/opt/till/main.py'], []],
] as const)('the files of the folder that %j names are %j', (command, files) => {
  expect(commandFiles(component(...(command as unknown as [string, ...string[]])))).toEqual(files)
})
