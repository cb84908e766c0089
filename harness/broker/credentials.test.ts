import { brokerCli } from './testing/broker-cli.ts'
import { publishWithCli } from './testing/publish-with-cli.ts'
import { shopBackend, shopPact } from './testing/shop-pact.ts'
import { testBroker } from './testing/test-broker.ts'
import { verifyFromBroker } from './testing/verify-from-broker.ts'

test('the official clients show a token, or a user name and password, and are refused with others', async () => {
  await using broker = await testBroker({ auth: { kind: 'token', token: 't0ken' } })
  const list = ['list-environments']
  expect(await brokerCli(broker, list, { PACT_BROKER_TOKEN: 't0ken' })).toMatchObject({ code: 0 })
  expect(await brokerCli(broker, list, { PACT_BROKER_TOKEN: 'other' })).toMatchObject({ code: 1 })
  const published = await publishWithCli(broker, [shopPact('till', { id: 7 })], ['-a', '1', '--broker-token', 't0ken'])
  expect(published).toMatchObject({ code: 0 })
  await using backend = await shopBackend({ id: 7 })
  const verify = (pactBrokerToken: string): ReturnType<typeof verifyFromBroker> =>
    verifyFromBroker(broker, backend, { version: 'b1', selectors: [{ latest: true }], pactBrokerToken })
  expect(await verify('t0ken')).toMatchObject({ passed: true })
  expect(await verify('other')).toMatchObject({ passed: false })
  await using basic = await testBroker({ auth: { kind: 'basic', username: 'ann', password: 's3cret' } })
  const ann = { PACT_BROKER_USERNAME: 'ann', PACT_BROKER_PASSWORD: 's3cret' }
  expect(await brokerCli(basic, list, ann)).toMatchObject({ code: 0 })
  expect(await brokerCli(basic, list)).toMatchObject({ code: 1 })
})
