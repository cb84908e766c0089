import { library } from '#harness/serve/example-contract.ts'
import { client } from './client.ts'

// Checked by the compiler alone.

type Expect<T extends true> = T
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

const api = client(library, { baseUrl: 'http://library.test' })
type Got = Awaited<ReturnType<typeof api.getBook>>

export type Inference = [
  Expect<Equal<Got['body'], { id: string; title: string; pages: number; lent: boolean }>>,
  Expect<Equal<Awaited<ReturnType<typeof api.dropBook>>['body'], undefined>>,
]

export async function calls(): Promise<void> {
  await api.listBooks()
  // @ts-expect-error a path parameter is missing
  await api.getBook({})
  // @ts-expect-error a body field of another type
  await api.addBook({ body: { title: 'Dune', pages: 'many' } })
  const channel = await api.desk()
  // @ts-expect-error a message that the channel does not take
  channel.send({ type: 'shout', data: {} })
  for await (const { event, data } of api.readAloud({ params: { id: 'x' } })) {
    // @ts-expect-error the data of another event
    if (event === 'word') data.words.toFixed()
  }
}
