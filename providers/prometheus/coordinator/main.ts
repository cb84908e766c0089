import { migrate } from '#harness/live-kit/migrate.ts'
import { runProcess } from '#harness/live-kit/run-process.ts'
import { openApplication } from './application.ts'
import { makeLogs } from './log.ts'
import { readSettings } from './settings.ts'
import { migrations } from './migrations.ts'

await runProcess(async () => {
  const settings = readSettings(process.env)
  const logs = makeLogs(settings.logLevel)
  const applied = await migrate(settings.databaseUrl, { directory: migrations })
  for (const name of applied) logs.database.info({ migration: name }, 'Migration applied')
  const application = await openApplication(settings, logs)
  return { application, address: settings.bind, variable: 'COORDINATOR_BIND', log: logs.coordinator }
})
