import type { AnyCallInput, Call, CallArguments } from './call.ts'
import type { ErrorShape } from './error-shape.ts'
import { parseOrder } from './order.ts'
import type { Operation } from './operation.ts'
import { stateOf, type StateDefinition, type StateFactory, type StateInput, type StateUse } from './state.ts'
import { pathParameters } from './path.ts'

export type Operations = Readonly<Record<string, Operation>>
export type States = Readonly<Record<string, StateInput>>

/** Which other origins' pages may call, as the Fetch standard's CORS protocol has it. Methods follow from the operations. */
export type CorsPolicy = Readonly<{
  /** Request headers that a page may set. */
  headers: readonly string[]
  /** Reply headers that a page may read. */
  exposes: readonly string[]
  credentials: boolean
  maxAgeSeconds: number
}>

export type ContractSpec<St extends States, Ops extends Operations> = Readonly<{
  states?: St
  operations: Ops
  errors: ErrorShape
  /** The header that carries a request's id through all hops. A request without one gets one. */
  requestIdHeader?: string
  cors?: CorsPolicy
  /** The largest body that the component takes, where an operation says nothing else. Default 1 MiB. */
  maxBodyBytes?: number
}>

/** What the engine needs of a contract, its types left aside. */
export type AnyContract = Readonly<{
  name: string
  operations: Operations
  stateDefinitions: Readonly<Record<string, StateDefinition>>
  errors: ErrorShape
  requestIdHeader: string
  cors: CorsPolicy | undefined
  maxBodyBytes: number
}>

type StateFactories<St extends States> = Readonly<{ [N in keyof St & string]: StateFactory<N, St[N]> }>
type CallFactories<Ops extends Operations> = Readonly<{
  [N in keyof Ops]: (...args: CallArguments<Ops[N]>) => Call<Ops[N]>
}>

/** What one component promises: an immutable value from which types, clients, services, mocks and pacts follow. */
export type Contract<St extends States, Ops extends Operations> = Omit<AnyContract, 'operations'> &
  Readonly<{ states: StateFactories<St>; operations: Ops; stateInputs: St }> &
  CallFactories<Ops>

/** Any contract whose types are still known: what functions over contracts are generic in. */
export type TypedContract = AnyContract & Readonly<{ stateInputs: States }>

export type OperationsOf<C> = C extends { readonly operations: infer Ops extends Operations } ? Ops : never
export type StatesOf<C> = C extends { readonly stateInputs: infer St extends States } ? St : never

const mebibyte = 1024 * 1024

/**
 * Declares a contract.
 * @throws TypeError where an operation's name, path or event order contradicts itself.
 */
export function contract<const N extends string, const St extends States, const Ops extends Operations>(
  name: N,
  spec: ContractSpec<St, Ops>,
): Contract<St, Ops> {
  const states: Record<string, (params?: Readonly<Record<string, unknown>>) => StateUse> = {}
  const stateDefinitions: Record<string, StateDefinition> = {}
  for (const [stateName, input] of Object.entries(spec.states ?? {})) {
    stateDefinitions[stateName] = stateOf(input)
    states[stateName] = (params = {}) => ({ name: stateName, params })
  }
  const base: AnyContract = {
    name,
    operations: spec.operations,
    stateDefinitions,
    errors: spec.errors,
    requestIdHeader: spec.requestIdHeader ?? 'x-request-id',
    cors: spec.cors,
    maxBodyBytes: spec.maxBodyBytes ?? mebibyte,
  }
  const calls: Record<string, (input?: AnyCallInput) => Call> = {}
  for (const [operationName, operation] of Object.entries(spec.operations)) {
    checkOperation(`${name}.${operationName}`, operation)
    if (operationName in base || operationName === 'states' || operationName === 'stateInputs') {
      throw new TypeError(`${name}: "${operationName}" names a part of every contract. Choose another operation name.`)
    }
    calls[operationName] = (input = {}) => ({ kind: 'call', contract: name, name: operationName, operation, input })
  }
  return Object.freeze({ ...calls, ...base, states, stateInputs: spec.states ?? {} }) as unknown as Contract<St, Ops>
}

function checkOperation(where: string, operation: Operation): void {
  if (!operation.path.startsWith('/')) throw new TypeError(`${where}: path "${operation.path}" has to start with "/".`)
  const declared = Object.keys(operation.spec.params ?? {}).toSorted()
  const used = pathParameters(operation.path).toSorted()
  if (declared.join() !== used.join()) {
    throw new TypeError(
      `${where}: path parameters are {${used.join()}} but "params" has {${declared.join()}}. Make them agree.`,
    )
  }
  if (operation.kind !== 'sse') return
  for (const event of parseOrder(operation.spec.order).names) {
    if (!(event in operation.spec.events)) {
      throw new TypeError(`${where}: the order names "${event}", which is no event. Declare it under "events".`)
    }
  }
}
