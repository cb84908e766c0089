import type { Component } from '#harness/contract/system.ts'
import { paths } from '#harness/project/paths.ts'
import { onFreePort } from '../ports.ts'
import { startProcess, type RunningProcess } from '../process.ts'
import { useAll } from '../use-all.ts'
import { bindStore, type BoundStore } from './bound-store.ts'

/** A component that runs as a process of ours, with its stores. */
export type LiveComponent = AsyncDisposable &
  Readonly<{
    url: string
    process: RunningProcess
    /** The environment that it was started with, beside what it inherited. */
    environment: Readonly<Record<string, string>>
    stores: readonly BoundStore[]
  }>

export type LiveRequest = Readonly<{
  system: string
  name: string
  component: Component
  port?: number
  environment?: Readonly<Record<string, string>>
}>

/**
 * Starts a component's live service with stores of its own, and waits until it is ready.
 * @throws EnvironmentError where a store, the port or the process cannot be had; nothing is left running then.
 */
export async function startLiveComponent({ system, name, component, ...options }: LiveRequest): Promise<LiveComponent> {
  await using resources = new AsyncDisposableStack()
  const stores = await openStores(component, resources)
  const started = await (options.port === undefined ? onFreePort(launch) : launch(options.port))
  resources.use(started.process)
  const owned = resources.move()
  return { ...started, stores, [Symbol.asyncDispose]: () => owned.disposeAsync() }

  async function launch(port: number): Promise<Pick<LiveComponent, 'url' | 'process' | 'environment'>> {
    const environment = environmentOf(component, { stores, port, extra: options.environment ?? {} })
    const url = `http://127.0.0.1:${port}`
    const running = await startProcess({
      name: `${system}/${name}`,
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', paths.providerMain(system, name)],
      env: environment,
      ready:
        component.readyPath === undefined
          ? { kind: 'port', port }
          : { kind: 'http', url: `${url}${component.readyPath}` },
    })
    return { url, process: running, environment }
  }
}

/** All together: each may take seconds to start. Where one fails, the others are closed with the resources. */
async function openStores(component: Component, resources: AsyncDisposableStack): Promise<readonly BoundStore[]> {
  const needs = Object.entries(component.stores ?? {})
  return useAll(
    resources,
    needs.map(([name, need]) => bindStore(name, need)),
  )
}

type Given = Readonly<{ stores: readonly BoundStore[]; port: number; extra: Readonly<Record<string, string>> }>

function environmentOf(component: Component, { stores, port, extra }: Given): Readonly<Record<string, string>> {
  const addresses = stores.map(
    (store) => [component.stores?.[store.name]?.variable ?? store.name, store.address] as const,
  )
  return {
    ...component.defaults,
    ...(component.bindVariable !== undefined && { [component.bindVariable]: `127.0.0.1:${port}` }),
    ...Object.fromEntries(addresses),
    ...extra,
  }
}
