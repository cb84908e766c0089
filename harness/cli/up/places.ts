import type { System } from '#harness/contract/system.ts'
import { addressOf, freePort } from '#harness/stack/ports.ts'
import type { Choice } from './choices.ts'

/** Where components answer. */
export type Places = Readonly<{
  /** The base URL of a component. Throws TypeError for one that does not run. */
  url: (component: string) => string
  /** The port that a component of ours is to listen on. */
  port: (component: string) => number
}>

/** Says where each component is going to answer before any of them starts: those of a ring have to know each other. */
export async function placesOf(system: System, choices: readonly Choice[], ports: 'own' | 'free'): Promise<Places> {
  const urls = new Map(
    await Promise.all(choices.map(async (choice) => [choice.component, await placeOf(choice)] as const)),
  )
  async function placeOf(choice: Choice): Promise<string> {
    if (choice.kind === 'url') return choice.url.replace(/\/+$/, '')
    const own = ports === 'own' ? system.components[choice.component]?.port : undefined
    return `http://127.0.0.1:${own ?? (await freePort())}`
  }
  function url(component: string): string {
    const found = urls.get(component)
    if (found === undefined)
      throw new TypeError(`${system.name}/${component} does not run here. Name one of ${[...urls.keys()].join(', ')}.`)
    return found
  }
  return { url, port: (component) => addressOf(url(component)).port }
}
