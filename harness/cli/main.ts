import { runCli } from './run-cli.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read the output has enough of it, as `head` does.
  if (error.code === 'EPIPE') process.exit()
  throw error
})

const exitCode = await runCli(process.argv.slice(2))
// What a component of a user's left open must not keep the command from ending.
process.stdout.write('', () => process.exit(exitCode))
