import { anyone } from '#harness/control/shapes.ts'

type Ends = Readonly<{ consumer: string; provider: string }>

/** What an edge is called on the page, and known by. */
export function edgeName({ consumer, provider }: Ends): string {
  return `${callerName(consumer)} → ${provider}`
}

/** What stands for callers that could be several is told in words. */
export function callerName(consumer: string): string {
  return consumer === anyone ? 'anyone' : consumer
}
