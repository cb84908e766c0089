import { pythonPackage } from '#harness/spec/python/package.ts'
import type { Exporter } from './exporter.ts'

/** `concordat export python`: a package with a client for each component. */
export const python: Exporter = { folder: (system) => `clients/${system}/python`, files: pythonPackage }
