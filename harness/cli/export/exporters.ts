import { UsageError } from '#harness/project/usage-error.ts'
import { didYouMean } from '../nearest.ts'
import type { Exporter } from './exporter.ts'

type ExporterEntry = Readonly<{ load: () => Promise<Exporter> }>

/** All exporters by name: each in a file of its own, which is loaded when it is needed. */
export const exporters: Readonly<Record<string, ExporterEntry>> = {
  compose: { load: async () => (await import('./compose.ts')).compose },
  msw: { load: async () => (await import('./msw.ts')).msw },
  openapi: { load: async () => (await import('./openapi.ts')).openapi },
  python: { load: async () => (await import('./python.ts')).python },
  reference: { load: async () => (await import('./reference.ts')).reference },
}

/**
 * The exporter of a name.
 * @throws UsageError with the nearest name where there is none.
 */
export async function loadExporter(name: string): Promise<Exporter> {
  const entry = Object.hasOwn(exporters, name) ? exporters[name] : undefined
  if (entry) return entry.load()
  const names = Object.keys(exporters)
  throw new UsageError(
    `concordat export: "${name}" cannot be exported.${didYouMean(name, names)} There is ${names.join(', ')}.`,
  )
}
