import { backend } from '#contracts/workbench/backend.ts'
import { cookieJar } from '#harness/client/cookie-jar.ts'
import { mock } from './backend.mock.ts'
import { follow } from './backend/testing/follow.ts'
import { hosts, type Api } from './backend/testing/hosts.ts'

const { states } = backend
const ann = 'ann@example.com'
const bob = 'bob@example.com'
const password = 'placeholder-1'
const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const otherId = '9b2d7c1e-4f6a-4b8c-8d0e-1f2a3b4c5d6e'
const annsConversation = states.conversationExists({ owner: ann, id, title: 'Plans' })

/** What somebody was refused with. */
async function refusal(call: Promise<unknown>): Promise<readonly [status: unknown, code: unknown]> {
  const { status, problem } = await call.then(
    () => ({ status: 'not refused', problem: undefined }),
    (error: { status: unknown; problem: { code: string } | undefined }) => error,
  )
  return [status, problem?.code]
}

test('every operation has a handler', () => {
  expect(mock.start().unhandled).toEqual([])
})

describe.each(hosts)('the backend’s stand-in %s', (_name, start) => {
  describe('signing in', () => {
    test('gives a session in an HttpOnly cookie, by which the account is known', async () => {
      await using host = await start()
      await host.given(states.userExists({ email: ann, password }))
      const jar = cookieJar()
      const api = host.api({ kind: 'cookies', jar })
      const { body, headers } = await api.signIn({ body: { email: ann, password } })
      expect(body.user).toEqual({ id: expect.any(String), email: ann })
      expect(headers['set-cookie']).toMatch(/^token=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=86400$/)
      expect((await api.whoAmI()).body).toEqual(body.user)
    })

    test('takes upper and lower case of an address for the same', async () => {
      await using host = await start()
      await host.given(states.userExists({ email: ann, password }))
      const { body } = await host.api().signIn({ body: { email: 'Ann@Example.com', password } })
      expect(body.user.email).toBe(ann)
    })

    test('answers a wrong password and an unknown address alike', async () => {
      await using host = await start()
      await host.given(states.userExists({ email: ann, password }))
      const wrong = refusal(host.api().signIn({ body: { email: ann, password: 'placeholder-2' } }))
      const unknown = refusal(host.api().signIn({ body: { email: bob, password } }))
      expect([await wrong, await unknown]).toEqual([
        [401, 'unauthorized'],
        [401, 'unauthorized'],
      ])
    })

    test('lets five attempts for an address through, then says when to come back, whatever the password', async () => {
      await using host = await start()
      await host.given(states.userExists({ email: ann, password }))
      const attempt = (email: string, given: string) => host.api().signIn({ body: { email, password: given } })
      for (let count = 0; count < 5; count++)
        expect(await refusal(attempt(ann, 'placeholder-2'))).toEqual([401, 'unauthorized'])
      const refused = await attempt(ann, password).catch((error: unknown) => error)
      expect(refused).toMatchObject({ status: 429, problem: { code: 'too_many_attempts' } })
      const { retryAfterSeconds } = refused as { retryAfterSeconds: number }
      expect(retryAfterSeconds).toBeGreaterThanOrEqual(1)
      expect(retryAfterSeconds).toBeLessThanOrEqual(60)
      expect(await refusal(attempt(bob, password))).toEqual([401, 'unauthorized'])
    })

    test('counts anew after a success', async () => {
      await using host = await start()
      await host.given(states.userExists({ email: ann, password }))
      for (let count = 0; count < 3; count++) {
        for (let wrong = 0; wrong < 4; wrong++)
          await refusal(host.api().signIn({ body: { email: ann, password: 'placeholder-2' } }))
        expect((await host.api().signIn({ body: { email: ann, password } })).status).toBe(200)
      }
    })

    test('can be at its limit from the start', async () => {
      await using host = await start()
      await host.given(states.userExists({ email: ann, password }), states.signInLimitReached({ email: ann }))
      const refused = refusal(host.api().signIn({ body: { email: ann, password } }))
      expect(await refused).toEqual([429, 'too_many_attempts'])
    })
  })

  describe('signing out', () => {
    test('clears the cookie and revokes this session, and no other one', async () => {
      await using host = await start()
      const jar = cookieJar()
      const { token } = await host.given(states.signedIn({ email: ann }))
      const elsewhere = await host.signedIn(ann)
      jar.set('token', String(token))
      const { headers } = await host.api({ kind: 'cookies', jar }).signOut()
      expect(headers['set-cookie']).toBe('token=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0')
      expect(jar.get('token')).toBeUndefined()
      const withOldToken = host.api({ kind: 'bearer', token: () => String(token) })
      expect(await refusal(withOldToken.whoAmI())).toEqual([401, 'unauthorized'])
      expect((await elsewhere.whoAmI()).body.email).toBe(ann)
    })
  })

  test.each([
    ['nobody', undefined],
    ['a token that was made up', 'made-up'],
  ])('%s is unauthorized', async (_who, token) => {
    await using host = await start()
    expect(await refusal(host.api({ kind: 'bearer', token: () => token }).whoAmI())).toEqual([401, 'unauthorized'])
  })

  test('a session that is over is unauthorized', async () => {
    await using host = await start()
    const { token } = await host.given(states.sessionExpired({ email: ann }))
    const api = host.api({ kind: 'bearer', token: () => String(token) })
    expect(await refusal(api.listConversations())).toEqual([401, 'unauthorized'])
  })

  test('what is not valid is refused with each mistake’s field, in the one error shape', async () => {
    await using host = await start()
    const api = await host.signedIn(ann)
    const refused = await api.createConversation({ body: { title: '   ', model: '' } }).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      status: 422,
      body: {
        error: {
          code: 'validation_error',
          details: [{ field: 'body.title' }, { field: 'body.model' }],
          request_id: (refused as { requestId: string }).requestId,
        },
      },
    })
  })

  describe('conversations', () => {
    test('are created, read, renamed, listed and deleted', async () => {
      await using host = await start()
      const api = await host.signedIn(ann)
      const { body: created } = await api.createConversation({ body: { title: ' Plans ', model: 'gpt-4' } })
      expect(created).toMatchObject({ title: 'Plans', model: 'gpt-4', updated_at: created.created_at })
      const params = { id: created.id }
      const { body: renamed } = await api.renameConversation({ params, body: { title: 'Holidays' } })
      expect(renamed).toEqual({ ...created, title: 'Holidays', updated_at: expect.any(String) })
      expect(Date.parse(renamed.updated_at)).toBeGreaterThan(Date.parse(created.updated_at))
      expect((await api.getConversation({ params })).body).toEqual(renamed)
      expect((await api.listConversations()).body.data).toEqual([renamed])
      expect((await api.deleteConversation({ params })).status).toBe(204)
      expect(await refusal(api.getConversation({ params }))).toEqual([404, 'not_found'])
      expect((await api.listConversations()).body.data).toEqual([])
    })

    test('are listed newest first, page by page', async () => {
      await using host = await start()
      const api = await host.signedIn(ann)
      await host.given(states.conversationsExist({ owner: ann, titles: ['one', 'two', 'three', 'four', 'five'] }))
      async function page(number: number): Promise<readonly string[]> {
        const { body } = await api.listConversations({ query: { page: number, per_page: 2 } })
        expect(body.pagination).toEqual({ page: number, per_page: 2, total_items: 5, total_pages: 3 })
        return body.data.map(({ title }) => title)
      }
      expect([await page(1), await page(2), await page(3), await page(4)]).toEqual([
        ['five', 'four'],
        ['three', 'two'],
        ['one'],
        [],
      ])
    })

    test('have times that tell which is newer, however fast they were created', async () => {
      await using host = await start()
      const api = await host.signedIn(ann)
      const times: string[] = []
      for (let count = 0; count < 20; count++)
        times.push((await api.createConversation({ body: { title: 'Plans', model: 'gpt-4' } })).body.created_at)
      expect(new Set(times).size).toBe(20)
      expect(times).toEqual(times.toSorted())
    })

    test('come in pages of 20 where no size is asked for, and none is an empty page', async () => {
      await using host = await start()
      const { body } = await (await host.signedIn(ann)).listConversations()
      expect(body).toEqual({ data: [], pagination: { page: 1, per_page: 20, total_items: 0, total_pages: 0 } })
    })

    test.each<[string, (api: Api) => Promise<unknown>]>([
      ['read', (api) => api.getConversation({ params: { id } })],
      ['renamed', (api) => api.renameConversation({ params: { id }, body: { title: 'Mine' } })],
      ['deleted', (api) => api.deleteConversation({ params: { id } })],
      ['listened to', (api) => api.listMessages({ params: { id } })],
      ['talked in', (api) => Array.fromAsync(api.streamChat({ body: { conversation_id: id, message: 'Let me in' } }))],
      ['followed', (api) => Array.fromAsync(api.followChat({ query: { conversation: id } }))],
    ])('of other people cannot be %s: they are not there', async (_what, call) => {
      await using host = await start()
      await host.given(annsConversation)
      const bobs = await host.signedIn(bob)
      expect(await refusal(call(bobs))).toEqual([404, 'not_found'])
      expect((await bobs.listConversations()).body.data).toEqual([])
      const anns = await host.signedIn(ann)
      expect((await anns.getConversation({ params: { id } })).body.title).toBe('Plans')
      expect((await anns.listMessages({ params: { id } })).body.data).toEqual([])
    })

    test('have messages, oldest first', async () => {
      await using host = await start()
      const messages = [
        { id: otherId, role: 'user', content: 'Hello' },
        { id, role: 'assistant', content: 'You said: Hello' },
      ] as const
      await host.given(annsConversation, states.messagesExist({ conversation: id, messages: [...messages] }))
      const { body } = await (await host.signedIn(ann)).listMessages({ params: { id } })
      expect(body.data).toMatchObject(messages.map((message) => ({ ...message, conversation_id: id })))
      expect(body.data[0]!.created_at < body.data[1]!.created_at).toBe(true)
    })

    test('lose their messages when they are deleted', async () => {
      await using host = await start()
      const messages = [{ id: otherId, role: 'user' as const, content: 'Hello' }]
      await host.given(annsConversation, states.messagesExist({ conversation: id, messages }))
      const api = await host.signedIn(ann)
      await api.deleteConversation({ params: { id } })
      await host.given(annsConversation)
      expect((await api.listMessages({ params: { id } })).body.data).toEqual([])
    })
  })

  describe('files', () => {
    const notes = new Blob(['Buy milk.'], { type: 'text/plain;charset=utf-8' })

    test('come back as they were stored, to be saved under their name', async () => {
      await using host = await start()
      const api = await host.signedIn(ann)
      const { body: file } = await api.uploadFile({ query: { name: 'Übersicht 1.txt' }, body: notes })
      expect(file).toMatchObject({ name: 'Übersicht 1.txt', media_type: 'text/plain;charset=utf-8', size: 9 })
      expect(file.path).toBe(`${file.created_at.slice(0, 10).replaceAll('-', '/')}/${file.id}`)
      const { body, headers } = await api.downloadFile({ params: { id: file.id } })
      expect(new TextDecoder().decode(body)).toBe('Buy milk.')
      expect(headers).toEqual({
        'content-type': 'text/plain;charset=utf-8',
        'content-disposition': `attachment; filename="_bersicht 1.txt"; filename*=UTF-8''%C3%9Cbersicht%201.txt`,
      })
    })

    test('can be there from the start, and are nobody else’s', async () => {
      await using host = await start()
      await host.given(
        states.fileStored({ owner: ann, id, name: 'notes.txt', mediaType: 'text/plain', content: 'Buy milk.' }),
      )
      const { body } = await (await host.signedIn(ann)).downloadFile({ params: { id } })
      expect(new TextDecoder().decode(body)).toBe('Buy milk.')
      const bobs = await host.signedIn(bob)
      expect(await refusal(bobs.downloadFile({ params: { id } }))).toEqual([404, 'not_found'])
    })

    test.each([
      ['too large', new Blob([new Uint8Array(5 * 1024 * 1024 + 1)], { type: 'text/plain' }), [413, 'body_too_large']],
      ['of another kind', new Blob(['{}'], { type: 'application/json' }), [415, 'unsupported_media_type']],
    ])('that are %s are refused', async (_what, body, expected) => {
      await using host = await start()
      const api = await host.signedIn(ann)
      expect(await refusal(api.uploadFile({ query: { name: 'notes' }, body }))).toEqual(expected)
    })
  })

  test('health says which store does not answer, until all do again', async () => {
    await using host = await start()
    const health = async (): Promise<unknown> => {
      const answer = await host.request('/health')
      return [answer.status, await answer.json()]
    }
    const healthy = { database: 'healthy', cache: 'healthy', storage: 'healthy' }
    expect(await health()).toEqual([200, healthy])
    await host.given(states.storeDown({ store: 'cache' }), states.storeDown({ store: 'storage' }))
    expect(await health()).toEqual([503, { ...healthy, cache: 'unhealthy', storage: 'unhealthy' }])
    await host.given(states.allHealthy())
    expect(await health()).toEqual([200, healthy])
  })

  test('metrics count what was asked for, refused requests and channels included', async () => {
    await using host = await start()
    await host.given(annsConversation)
    const api = await host.signedIn(ann)
    await refusal(host.api().whoAmI())
    for (let count = 0; count < 3; count++) await api.listConversations()
    await api.uploadFile({ query: { name: 'notes' }, body: new Blob(['x'], { type: 'text/plain' }) })
    await (await api.live()).close()
    const lines = (await api.metrics()).body.split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE frontend_requests counter',
        'frontend_requests{operation="whoAmI",status="401"} 1',
        'frontend_requests{operation="listConversations",status="200"} 3',
        'frontend_requests{operation="live",status="101"} 1',
        '# TYPE backend_processing histogram',
        'backend_processing_count{operation="listConversations"} 3',
        '# TYPE database_queries histogram',
        'database_queries_count{query="conversations.page"} 1',
        'cache_hits{cache="conversation_list",result="miss"} 1',
        'cache_hits{cache="conversation_list",result="hit"} 2',
        'storage_operations{operation="save",result="ok"} 1',
      ]),
    )
  })

  test('a page of an allowed origin may call, one of another origin may not', async () => {
    await using host = await start({ allowedOrigins: ['http://localhost:4510'] })
    const allowedFor = async (origin: string): Promise<string | null> => {
      const preflight = { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PATCH' } }
      return (await host.request(`/api/conversations/${id}`, preflight)).headers.get('access-control-allow-origin')
    }
    expect(await allowedFor('http://localhost:4510')).toBe('http://localhost:4510')
    expect(await allowedFor('http://evil.test')).toBeNull()
  })

  test('a reset forgets everything, and whoever is connected learns that their session is over', async () => {
    await using host = await start()
    await host.given(annsConversation)
    const api = await host.signedIn(ann)
    await using channel = await api.live()
    channel.send({ type: 'subscribe', data: { conversation_id: id } })
    const { token } = await host.given(states.signedIn({ email: ann }))
    const following = await follow(host, String(token), { conversation: id })
    for await (const message of channel) {
      expect(message.type).toBe('presence')
      break
    }
    await host.reset()
    expect(await Array.fromAsync(following)).toMatchObject([{ event: 'error', data: { code: 'session_expired' } }])
    await expect(Array.fromAsync(channel)).rejects.toThrow('closed with 1008 the session is over')
    expect(await refusal(api.whoAmI())).toEqual([401, 'unauthorized'])
    const again = await host.signedIn(ann)
    expect((await again.listConversations()).body.data).toEqual([])
    expect((await again.metrics()).body).toContain('frontend_requests{operation="listConversations",status="200"} 1')
  })
})

test('instances know nothing of each other', async () => {
  const [one, other] = [mock.start(), mock.start()]
  await one.setUp('userExists', { email: ann, password })
  const signIn = () =>
    new Request('http://backend.test/api/auth/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ann, password }),
    })
  expect((await one.service.fetch(signIn())).status).toBe(200)
  expect((await other.service.fetch(signIn())).status).toBe(401)
})
