import { referencePage } from '#harness/spec/reference/page.ts'
import type { Exporter } from './exporter.ts'

/** `concordat export reference`: a page to read the contracts of a system in. It is not committed. */
export const reference: Exporter = { folder: (system) => `.concordat/reference/${system}`, files: referencePage }
