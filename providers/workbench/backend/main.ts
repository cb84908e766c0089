import { migrate } from '#harness/live-kit/migrate.ts'
import { runProcess } from '#harness/live-kit/run-process.ts'
import { openApplication } from './application.ts'
import { makeLogs } from './observability/log.ts'
import { readSettings } from './settings.ts'
import { migrations } from './stores/migrations.ts'

await runProcess(async () => {
  const settings = readSettings(process.env)
  const logs = makeLogs(settings.RUST_LOG)
  const applied = await migrate(settings.DATABASE_URL, { directory: migrations })
  for (const name of applied) logs.database.info({ migration: name }, 'Migration applied')
  const application = await openApplication(settings, logs)
  return { application, address: settings.BIND_ADDRESS, variable: 'BIND_ADDRESS', log: logs.backend }
})
