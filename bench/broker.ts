import { performance } from 'node:perf_hooks'
import { startBroker } from '#harness/broker/server/start-broker.ts'
import { openBrokerDatabase, type Sql } from '#harness/broker/server/store/database.ts'
import { createDatabase } from '#harness/stack/stores/database.ts'
import { startStore } from '#harness/stack/stores/start-store.ts'

/**
 * Asks the broker's matrix over 10,000 pact versions and 100,000 results: 20 consumers and 5 providers, each consumer with 2 of
 * them; each pact is verified by 10 provider versions, one in 10 of them without success.
 */
const consumers = 20
const providers = 5
const versionsOfEach = 250
const resultsOfEach = 10
const rounds = 30

await using store = await startStore('postgres')
const databaseUrl = await createDatabase(store.url, 'broker_bench')
await fill(databaseUrl)
await using broker = await startBroker({ databaseUrl })
console.log(`${store.description}: ${await counts(databaseUrl)}`)
const questions: Readonly<Record<string, string>> = {
  'can-i-deploy a consumer to production':
    'q[][pacticipant]=consumer-7&q[][version]=250&latestby=cvpv&environment=production',
  'can-i-deploy a provider to production':
    'q[][pacticipant]=provider-3&q[][version]=2000&latestby=cvpv&environment=production',
  'can-i-merge a consumer': 'q[][pacticipant]=consumer-7&q[][version]=250&latestby=cvp&latest=true&mainBranch=true',
  'two versions':
    'q[][pacticipant]=consumer-7&q[][version]=200&q[][pacticipant]=provider-3&q[][version]=1990&latestby=cvpv',
  'a whole edge, the last 100 rows': 'q[][pacticipant]=consumer-7&q[][pacticipant]=provider-3&latestby=cvpv&limit=100',
  'a whole edge, all rows': 'q[][pacticipant]=consumer-7&q[][pacticipant]=provider-3&latestby=cvpv',
}
for (const [name, query] of Object.entries(questions)) await measure(name, `${broker.url}/matrix?${query}`)

async function measure(name: string, url: string): Promise<void> {
  const times: number[] = []
  let rows = 0
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    const answer = (await (await fetch(url)).json()) as { matrix: readonly unknown[] }
    times.push(performance.now() - started)
    rows = answer.matrix.length
  }
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.floor((rounds - 1) * share)] ?? 0).toFixed(1)
  console.log(`${name}: ${rows} rows, median ${at(0.5)} ms, p95 ${at(0.95)} ms`)
}

async function counts(url: string): Promise<string> {
  await using database = await openBrokerDatabase(url)
  const [row] = await database.rows<{ pacts: number; results: number }>(
    `select (select count(*)::int from pact_publications) as pacts, (select count(*)::int from verifications) as results`,
  )
  return `${row?.pacts} pact versions, ${row?.results} results`
}

async function fill(url: string): Promise<void> {
  await using database = await openBrokerDatabase(url)
  await database.transaction(async (sql) => {
    await participants(sql)
    await pactsAndResults(sql)
    await environments(sql)
  })
  await database.rows('analyze')
}

async function participants(sql: Sql): Promise<void> {
  await sql.rows(
    `insert into pacticipants (name, main_branch) select 'consumer-' || i, 'main' from generate_series(1, $1::int) i
     union all select 'provider-' || i, 'main' from generate_series(1, $2::int) i`,
    [consumers, providers],
  )
  await sql.rows(
    `insert into versions (pacticipant_id, number) select p.id, i::text from generate_series(1, 2000) i, pacticipants p
     where (p.name like 'consumer-%' and i <= $1::int) or p.name like 'provider-%' order by i, p.id`,
    [versionsOfEach],
  )
  await sql.rows(
    `insert into branches (pacticipant_id, name, head_version_id)
     select p.id, 'main', (select max(id) from versions v where v.pacticipant_id = p.id) from pacticipants p`,
  )
  await sql.rows(
    `insert into branch_versions (branch_id, version_id) select b.id, v.id from branches b
     join versions v on v.pacticipant_id = b.pacticipant_id`,
  )
}

async function pactsAndResults(sql: Sql): Promise<void> {
  await sql.rows(
    `insert into pact_contents (consumer_id, provider_id, sha, content)
     select c.id, p.id, md5(c.name || p.name || v.number), '{"interactions":[]}' from pacticipants c
     join versions v on v.pacticipant_id = c.id
     join pacticipants p on p.name in ('provider-' || (1 + c.id % $1::int), 'provider-' || (1 + (c.id + 1) % $1::int))
     where c.name like 'consumer-%'`,
    [providers],
  )
  await sql.rows(
    `insert into pact_publications (consumer_id, provider_id, consumer_version_id, pact_content_id)
     select content.consumer_id, content.provider_id, v.id, content.id from pact_contents content
     join pacticipants c on c.id = content.consumer_id join pacticipants p on p.id = content.provider_id
     join versions v on v.pacticipant_id = c.id and content.sha = md5(c.name || p.name || v.number) order by v.id`,
  )
  // The last pacts are verified by the last provider versions, as they are where work goes on.
  await sql.rows(
    `insert into verifications (pact_content_id, provider_version_id, success)
     select pub.pact_content_id, pv.id, (i + cv.number::int) % 10 <> 0 from pact_publications pub
     join versions cv on cv.id = pub.consumer_version_id, generate_series(0, $1::int - 1) i, versions pv
     where pv.pacticipant_id = pub.provider_id
       and pv.number = (2000 - ($2::int - cv.number::int) * 7 - i)::text order by cv.id, i desc`,
    [resultsOfEach, versionsOfEach],
  )
  await sql.rows(
    `insert into latest_verifications select pact_content_id, provider_version_id, max(number) from verifications group by 1, 2`,
  )
}

async function environments(sql: Sql): Promise<void> {
  await sql.rows(
    `insert into deployed_versions (version_id, pacticipant_id, environment_id)
     select max(v.id), v.pacticipant_id, e.id from versions v, environments e group by v.pacticipant_id, e.id`,
  )
}
