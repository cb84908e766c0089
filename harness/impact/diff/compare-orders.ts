import { nullable, parseOrder, type OrderExpression } from '#harness/contract/order.ts'

/** A stream that one order allows and the other does not: its events; undefined where there is none. */
export type OrderDifference = Readonly<{
  /** May come now, and could not before. */
  come: readonly string[] | undefined
  /** Could come before, and may not now. */
  gone: readonly string[] | undefined
}>

/** Compares two orders by the streams that they allow, not by their text. Gives shortest examples. */
export function compareOrders(before: string, after: string): OrderDifference {
  return { come: beyond(after, before), gone: beyond(before, after) }
}

/** What may follow: a set of expressions of which one has to hold, by their text. */
type State = ReadonlyMap<string, OrderExpression>

/** The shortest stream that one order allows and the other does not. Breadth first over both at once. */
function beyond(order: string, other: string): readonly string[] | undefined {
  const [one, two] = [parseOrder(order), parseOrder(other)]
  const queue: { mine: State; others: State; events: readonly string[] }[] = [
    { mine: stateOf([one.expression]), others: stateOf([two.expression]), events: [] },
  ]
  const seen = new Set<string>()
  for (const { mine, others, events } of queue) {
    if (isComplete(mine) && !isComplete(others)) return events
    const key = JSON.stringify([[...mine.keys()].toSorted(), [...others.keys()].toSorted()])
    if (seen.has(key)) continue
    seen.add(key)
    for (const name of one.names) {
      const next = after(mine, name)
      if (next.size > 0) queue.push({ mine: next, others: after(others, name), events: [...events, name] })
    }
  }
  return undefined
}

function stateOf(expressions: readonly OrderExpression[]): State {
  return new Map(expressions.map((expression) => [JSON.stringify(expression), expression]))
}

function isComplete(state: State): boolean {
  return [...state.values()].some(nullable)
}

function after(state: State, name: string): State {
  return stateOf([...state.values()].flatMap((expression) => partial(expression, name)))
}

/** What may follow a name, as alternatives: the partial derivatives (Antimirov 1996), of which an expression has few. */
function partial(expression: OrderExpression, name: string): readonly OrderExpression[] {
  switch (expression.kind) {
    case 'never':
    case 'empty':
      return []
    case 'name':
      return expression.name === name ? [{ kind: 'empty' }] : []
    case 'either':
      return [...partial(expression.left, name), ...partial(expression.right, name)]
    case 'repeat':
      return partial(expression.of, name).map((first) => followed(first, expression))
    case 'sequence': {
      const { first, rest } = expression
      const inFirst = partial(first, name).map((left) => followed(left, rest))
      return nullable(first) ? [...inFirst, ...partial(rest, name)] : inFirst
    }
  }
}

function followed(first: OrderExpression, rest: OrderExpression): OrderExpression {
  return first.kind === 'empty' ? rest : { kind: 'sequence', first, rest }
}
