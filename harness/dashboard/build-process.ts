import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { dashboardConfig, distFolder } from './dashboard-config.ts'
import { fingerprintFile, sourceFingerprint } from './serving/fingerprint.ts'

// Builds the page into the folder that is named, or into dist/. A process of its own: what builds needs much memory.
const outDir = resolve(process.argv[2] ?? distFolder)
const fingerprint = sourceFingerprint()
await build({
  ...dashboardConfig(),
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // The page's content security policy lets no script be written into it.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
  },
})
mkdirSync(outDir, { recursive: true })
writeFileSync(join(outDir, fingerprintFile), `${fingerprint}\n`)
