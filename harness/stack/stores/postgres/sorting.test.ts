import pg from 'pg'
import { describeWhen } from '../../testing/describe-when.ts'
import { postgresBinary } from './binary.ts'
import { postgresContainer } from './container.ts'
import { postgresEmbedded } from './embedded.ts'

const TIMEOUT_MS = 60_000
const rungs = [postgresContainer, postgresBinary, postgresEmbedded]
const outcomes = await Promise.all(rungs.map((rung) => rung.start(process.env)))

afterAll(async () => {
  for (const outcome of outcomes) if (outcome.kind === 'started') await outcome.store.stop()
}, TIMEOUT_MS)

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

for (const [index, { mode }] of rungs.entries()) {
  const outcome = outcomes[index]!
  describeWhen(outcome.kind === 'started' ? undefined : outcome.reason, `PostgreSQL, ${mode}`, () => {
    const url = outcome.kind === 'started' ? outcome.store.url : ''

    test('sorts text by code point, so that an ORDER BY gives the same everywhere', async () => {
      const words = "VALUES ('b'), ('B'), ('ä'), ('a b'), ('ab')"
      expect(await query(url, `SELECT word FROM (${words}) AS t(word) ORDER BY word`)).toEqual([
        'B',
        'a b',
        'ab',
        'b',
        'ä',
      ])
    })

    test('knows the letters of all alphabets', async () => {
      expect(await query(url, "SELECT lower('ÄÉЖ')")).toEqual(['äéж'])
    })

    test('tells the time in UTC', async () => {
      expect(await query(url, 'SHOW timezone')).toEqual(['UTC'])
    })
  })
}
