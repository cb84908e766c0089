import { z } from 'zod'

/** The integration status of a system: the block of its name in the standards, with the evidence for each line. */
export const IntegrationStatus = z.object({
  api: z.enum(['designing', 'implementing', 'testing', 'deployed']),
  database: z.enum(['schema_ready', 'migrations_complete', 'optimized', 'none']),
  external_services: z.enum(['configured', 'integrated', 'monitoring', 'none']),
  performance: z.string(),
  blockers: z.array(z.string()),
})
export type IntegrationStatus = z.output<typeof IntegrationStatus>

/** A status, and for each of its lines what it is drawn from. */
export type SystemStatus = Readonly<{
  system: string
  status: IntegrationStatus
  because: Readonly<Record<Exclude<keyof IntegrationStatus, 'blockers'>, string>>
}>
