import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { guardContainer } from '../warden.ts'
import { findDockerEngine, removeContainer } from './docker.ts'
import { tryStart } from './rung.ts'
import type { Rung } from './rung.ts'
import { runningStore } from './store.ts'
import type { RunningStore, StoreKind } from './store.ts'

type ContainerRecipe = {
  kind: StoreKind
  /** The variable that names another image, and the image without it. */
  image: { variable: string; otherwise: string }
  /** Runs the image as a container of this name and waits until it is up. Returns its URL. */
  run(image: string, name: string): Promise<string>
  /** Connects and asks the server what it is: `PostgreSQL 17.11`. */
  identify: (url: string) => Promise<string>
}

const CONNECT_WITHIN_MS = 10_000
const POLL_MS = 50

/** A container of our own, by Testcontainers. An image that is neither here nor to be pulled makes it unavailable. */
export function containerRung(recipe: ContainerRecipe): Rung {
  return {
    mode: 'containers',
    async start(env) {
      const engine = await findDockerEngine()
      if (engine.kind === 'silent') return { kind: 'unavailable', reason: engine.reason }
      const image = env[recipe.image.variable] || recipe.image.otherwise
      return tryStart(() => runContainer(recipe, image, engine.address))
    },
  }
}

/** The container has a name before it exists, so that the warden knows it from the first moment. */
async function runContainer(recipe: ContainerRecipe, image: string, engine: string): Promise<RunningStore> {
  const name = `concordat-${recipe.kind}-${randomUUID().slice(0, 8)}`
  const guard = guardContainer(engine, name)
  const stop = async (): Promise<void> => {
    await removeContainer(engine, name)
    guard.release()
  }
  try {
    const url = await recipe.run(image, name)
    const description = `${await identifySoon(recipe, url)}, container ${image}`
    return runningStore({ kind: recipe.kind, mode: 'containers', url, description, stop })
  } catch (error) {
    await stop()
    throw new Error(`container ${image} does not start: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

/** A published port may lead nowhere for a moment after the server says that it is up. */
async function identifySoon(recipe: ContainerRecipe, url: string): Promise<string> {
  const deadline = performance.now() + CONNECT_WITHIN_MS
  for (;;) {
    try {
      return await recipe.identify(url)
    } catch (error) {
      if (performance.now() > deadline) throw error
      await delay(POLL_MS)
    }
  }
}
