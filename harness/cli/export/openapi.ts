import { openApiFiles } from '#harness/spec/openapi/documents.ts'
import type { Exporter } from './exporter.ts'

/** `concordat export openapi`: a document for each component. */
export const openapi: Exporter = { folder: (system) => `docs/api/${system}`, files: openApiFiles }
