import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Half of what a short command takes is to read and compile its modules. Not where coverage is measured, which needs them whole,
// nor for a project elsewhere, whose modules nobody may ever load again.
if (process.env['NODE_V8_COVERAGE'] === undefined && process.env['CONCORDAT_ROOT'] === undefined)
  enableCompileCache(fileURLToPath(new URL('../../.concordat/compile-cache', import.meta.url)))
// Where the npm scripts set it, so that this file is not compiled anew either. A child elsewhere would take it for a folder there.
delete process.env['NODE_COMPILE_CACHE']

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read the output has enough of it, as `head` does.
  if (error.code === 'EPIPE') process.exit()
  throw error
})

// After the cache is there: what is imported above is compiled before.
const { runCli } = await import('./run-cli.ts')
const exitCode = await runCli(process.argv.slice(2))
// What a component of a user's left open must not keep the command from ending.
process.stdout.write('', () => process.exit(exitCode))
