import { BrokerRefusal } from '../refusal.ts'
import type { PactContent } from '../../pact/content.ts'
import { diffPacts } from '../../pact/diff.ts'
import type { Publishing } from './publish-shapes.ts'

type Refused = Readonly<{ provider: string; old: PactContent; content: PactContent }>

/** 409: a version whose pact is published already cannot get another one, or results would speak of what is no longer there. */
export function conflictRefusal({ consumer, version }: Publishing, refused: readonly Refused[]): BrokerRefusal {
  const messages = refused.map(
    ({ provider, old, content }) =>
      `Cannot change the content of the pact for ${consumer} version ${version} and provider ${provider}, as race ` +
      'conditions will cause unreliable results for can-i-deploy. Each pact must be published with a unique consumer ' +
      'version number. Examples that are made up anew in each run change a pact too: give every matcher an example. ' +
      `What differs:\n${diffPacts(old, content).join('\n')}`,
  )
  return new BrokerRefusal(409, {
    notices: messages.map((text) => ({ type: 'error', text })),
    errors: { contracts: messages },
  })
}
