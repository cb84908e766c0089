import { servedComponents } from '#harness/contract/system.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import { jsonSchemaOf } from '#harness/contract/schema.ts'
import type { TappedEdge } from '#harness/scenario/network.ts'
import type { Stack } from '#harness/scenario/stack.ts'
import { masked, maskValue } from './show/mask.ts'
import type { Known } from './explain/explain.ts'
import type { ComponentView, EdgeView, StackView } from './types.ts'

/** What a stack looks like now. */
export function viewOf(known: Known, stack: Stack, established: StackView['established']): StackView {
  const { system } = known
  return {
    system: system.name,
    components: servedComponents(system).flatMap((name) => {
      const contract = system.components[name]?.contract
      return contract ? [componentView(stack, name, contract)] : []
    }),
    edges: stack.edges().map((tapped) => edgeView(known, stack, tapped)),
    established: established.map((state) => ({
      ...state,
      params: maskParams(state.params, system.components[state.component]?.contract, state.state),
    })),
  }
}

function componentView(stack: Stack, name: string, contract: AnyContract): ComponentView {
  const component = stack.component(name)
  const own = component.url()
  return {
    name,
    kind: component.kind,
    up: component.isUp,
    url: stack.door(name) ?? own ?? '',
    detail: component.kind === 'url' ? `at ${own ?? ''}` : component.title,
    stores: [...component.stores],
    states: Object.entries(contract.stateDefinitions).map(([state, { params, provides }]) => ({
      name: state,
      params: { ...jsonSchemaOf(params, 'input') },
      provides: Object.keys(provides),
    })),
    takesStates: component.kind !== 'url',
    operations: Object.entries(contract.operations).map(([operation, { kind, method, path }]) => ({
      name: operation,
      kind,
      method,
      path,
    })),
  }
}

function edgeView({ pacts }: Known, stack: Stack, { edge, urls }: TappedEdge): EdgeView {
  const { consumer, provider } = edge
  return {
    consumer,
    provider,
    urls: [...urls],
    interactions: pacts.of(edge).length,
    faults: stack.faults(consumer, provider).map(({ operation, ...armed }) => ({
      ...armed,
      ...(operation !== undefined && { operation }),
    })),
  }
}

function maskParams(
  params: Readonly<Record<string, unknown>>,
  contract: AnyContract | undefined,
  state: string,
): Record<string, unknown> {
  const shown = maskValue(params, contract?.stateDefinitions[state]?.params)
  return typeof shown === 'object' ? { ...shown } : { params: masked }
}
