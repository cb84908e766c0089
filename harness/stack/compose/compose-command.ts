import { EnvironmentError } from '../environment-error.ts'

type ComposeFailure = Readonly<{ exitCode: number | null; err: string; out: string }>

/**
 * Runs a command of Compose. What docker-compose rejects with is a plain object.
 * @param what is done, in words that follow "Cannot"
 * @throws EnvironmentError with the last lines that Compose wrote.
 */
export async function composeCommand<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const { err = '', out = '' } = error as Partial<ComposeFailure>
    const said = `${err}\n${out}`.split('\n').filter((line) => line.trim() !== '')
    const words = said.length > 0 ? said.slice(-20).join('\n') : String(error)
    throw new EnvironmentError(`Cannot ${what}: Compose says\n${words}`, { cause: error })
  }
}
