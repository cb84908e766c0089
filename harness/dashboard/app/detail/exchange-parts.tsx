import type { ReactNode } from 'react'
import type { ExchangeDetail } from '#harness/control/types.ts'
import { BodyView } from './body-view.tsx'
import { NameValues } from './name-values.tsx'
import { SaidList, type Said } from './said.tsx'

/** All that was said in an exchange. */
export function ExchangeParts({ exchange }: Readonly<{ exchange: ExchangeDetail }>): ReactNode {
  const { query, request, reply, events, messages, cut } = exchange
  const streams = events !== undefined || messages !== undefined
  return (
    <>
      <section>
        <h3>Request</h3>
        <NameValues title="Query" values={query} isOpen />
        <NameValues title="Headers" values={request.headers} />
        <BodyView body={request.body} />
      </section>
      <section>
        <h3>Reply {reply && <span className="faint">{reply.status}</span>}</h3>
        {!reply && <p className="faint">None came.</p>}
        {reply && <NameValues title="Headers" values={reply.headers} />}
        {reply && !(streams && reply.body.kind === 'none') && <BodyView body={reply.body} />}
      </section>
      {events && <SaidList title="Events" said={events.map(saidByEvent)} />}
      {messages && <SaidList title="Messages" said={messages.map(saidByMessage)} />}
      {cut && <p className="faint">More was said than is kept.</p>}
    </>
  )
}

type Event = NonNullable<ExchangeDetail['events']>[number]
type Message = NonNullable<ExchangeDetail['messages']>[number]

function saidByEvent({ id, event, data }: Event): Said {
  return { label: id === undefined ? event : `${event} · id ${id}`, data }
}

function saidByMessage({ from, data }: Message): Said {
  return { label: from === 'consumer' ? '→ consumer' : '← provider', tone: from, data }
}
