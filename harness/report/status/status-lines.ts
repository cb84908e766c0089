import type { SystemStatus } from './status.ts'

/** A status as the YAML block of the standards, under the name of its system, with the evidence as comments. */
export function statusLines({ system, status, because }: SystemStatus): readonly string[] {
  const line = (name: keyof SystemStatus['because']): string =>
    `    ${name}: ${JSON.stringify(status[name])}  # ${because[name].replaceAll(/\s+/g, ' ')}`
  return [
    `${JSON.stringify(system).slice(1, -1)}:`,
    '  integration_status:',
    line('api'),
    line('database'),
    line('external_services'),
    line('performance'),
    `    blockers: ${JSON.stringify(`[${status.blockers.join('; ')}]`)}`,
  ]
}
