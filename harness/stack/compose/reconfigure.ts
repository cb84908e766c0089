import { writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { EnvironmentError } from '../environment-error.ts'
import type { Containers } from './containers.ts'

const patienceMs = 10_000
const pollMs = 10

/** How nginx calls a process that takes requests. One that only ends those it has is called otherwise. */
const worker = 'nginx: worker process'

/**
 * Writes a configuration and has nginx in a container take it over (SIGHUP). Resolves once no process takes a request that
 * knows the former one.
 * @param file that nginx reads, on this machine
 * @throws EnvironmentError where nginx does not take it, as when it is not valid.
 * @see https://nginx.org/en/docs/control.html#reconfiguration
 */
export async function reconfigure(
  { service, file, containers }: Readonly<{ service: string; file: string; containers: Containers }>,
  text: string,
): Promise<void> {
  const former = new Set(await workers(containers, service))
  const said = (await containers.complaints(service)).length
  await writeFile(file, text)
  await containers.signal(service, 'SIGHUP')
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline) {
    const now = await workers(containers, service)
    if (now.length > 0 && !now.some((pid) => former.has(pid))) return
    const [refusal] = /\[emerg\].*/.exec((await containers.complaints(service)).slice(said)) ?? []
    if (refusal !== undefined)
      throw new EnvironmentError(`${service} does not take its configuration: ${refusal}. Correct it.`)
    await pause(pollMs)
  }
  throw new EnvironmentError(
    `${service} did not take over its configuration within ${patienceMs / 1000} s. Look into its log.`,
  )
}

async function workers(containers: Containers, service: string): Promise<readonly string[]> {
  return (await containers.processes(service)).filter(({ title }) => title === worker).map(({ pid }) => pid)
}
