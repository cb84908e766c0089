/**
 * The order in which the events of a stream may come, written as a regular expression over event names:
 * `token* (done | error)`. Names follow each other by white space; `|` is either, `*` any number, `+` one or more,
 * `?` at most one, `( )` groups.
 */
export type Order = Readonly<{
  text: string
  names: ReadonlySet<string>
  start: OrderState
  expression: OrderExpression
}>

/** How far a stream has come. Immutable: `next` gives the state after an event, or nothing where it may not come. */
export type OrderState = Readonly<{
  next(name: string): OrderState | undefined
  /** The stream may end here. */
  complete: boolean
  /** The stream must end here. */
  final: boolean
  /** What may come now. */
  expected: readonly string[]
}>

/** An order taken apart. */
export type OrderExpression =
  | Readonly<{ kind: 'never' }>
  | Readonly<{ kind: 'empty' }>
  | Readonly<{ kind: 'name'; name: string }>
  | Readonly<{ kind: 'sequence'; first: OrderExpression; rest: OrderExpression }>
  | Readonly<{ kind: 'either'; left: OrderExpression; right: OrderExpression }>
  | Readonly<{ kind: 'repeat'; of: OrderExpression }>

const never: OrderExpression = { kind: 'never' }
const empty: OrderExpression = { kind: 'empty' }

/**
 * Reads an order.
 * @throws SyntaxError where the text is no order.
 */
export function parseOrder(text: string): Order {
  const tokens = text.match(/[A-Za-z_][\w.:-]*|[()|*+?]|\S/g) ?? []
  const names = new Set(tokens.filter((token) => /^[A-Za-z_]/.test(token)))
  const parser = new OrderParser(text, tokens)
  const expression = parser.parse()
  return { text, names, expression, start: stateOf(expression, names) }
}

class OrderParser {
  readonly #text: string
  readonly #tokens: readonly string[]
  #at = 0

  constructor(text: string, tokens: readonly string[]) {
    this.#text = text
    this.#tokens = tokens
  }

  parse(): OrderExpression {
    const expression = this.#either()
    if (this.#at < this.#tokens.length) throw this.#error()
    return expression
  }

  #either(): OrderExpression {
    let expression = this.#sequence()
    while (this.#tokens[this.#at] === '|') {
      this.#at++
      expression = either(expression, this.#sequence())
    }
    return expression
  }

  #sequence(): OrderExpression {
    let expression: OrderExpression = empty
    while (this.#at < this.#tokens.length && !['|', ')'].includes(this.#tokens[this.#at] ?? '')) {
      expression = sequence(expression, this.#repeated())
    }
    return expression
  }

  #repeated(): OrderExpression {
    let expression = this.#atom()
    for (; ['*', '+', '?'].includes(this.#tokens[this.#at] ?? ''); this.#at++) {
      const repeat: OrderExpression = { kind: 'repeat', of: expression }
      const sign = this.#tokens[this.#at]
      expression = sign === '*' ? repeat : sign === '+' ? sequence(expression, repeat) : either(expression, empty)
    }
    return expression
  }

  #atom(): OrderExpression {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw this.#error()
    this.#at++
    if (token !== '(') {
      if (!/^[A-Za-z_]/.test(token)) throw this.#error()
      return { kind: 'name', name: token }
    }
    const expression = this.#either()
    if (this.#tokens[this.#at] !== ')') throw this.#error()
    this.#at++
    return expression
  }

  #error(): SyntaxError {
    const near = this.#tokens[this.#at] ?? 'the end'
    return new SyntaxError(
      `order "${this.#text}" cannot be read: stuck at ${near}. Write it like "token* (done | error)".`,
    )
  }
}

function stateOf(expression: OrderExpression, names: ReadonlySet<string>): OrderState {
  const following = new Map<string, OrderExpression>()
  for (const name of names) {
    const rest = derive(expression, name)
    if (rest.kind !== 'never') following.set(name, rest)
  }
  return {
    complete: nullable(expression),
    final: following.size === 0,
    expected: [...following.keys()],
    next(name) {
      const rest = following.get(name)
      return rest && stateOf(rest, names)
    },
  }
}

/** What may follow a name: the derivative of the expression (Brzozowski 1964). */
function derive(expression: OrderExpression, name: string): OrderExpression {
  switch (expression.kind) {
    case 'never':
    case 'empty':
      return never
    case 'name':
      return expression.name === name ? empty : never
    case 'either':
      return either(derive(expression.left, name), derive(expression.right, name))
    case 'repeat':
      return sequence(derive(expression.of, name), expression)
    case 'sequence': {
      const rest = sequence(derive(expression.first, name), expression.rest)
      return nullable(expression.first) ? either(rest, derive(expression.rest, name)) : rest
    }
  }
}

/** Whether it may be over before it began. */
export function nullable(expression: OrderExpression): boolean {
  switch (expression.kind) {
    case 'never':
    case 'name':
      return false
    case 'empty':
    case 'repeat':
      return true
    case 'either':
      return nullable(expression.left) || nullable(expression.right)
    case 'sequence':
      return nullable(expression.first) && nullable(expression.rest)
  }
}

function sequence(first: OrderExpression, rest: OrderExpression): OrderExpression {
  if (first.kind === 'never' || rest.kind === 'never') return never
  if (first.kind === 'empty') return rest
  return rest.kind === 'empty' ? first : { kind: 'sequence', first, rest }
}

function either(left: OrderExpression, right: OrderExpression): OrderExpression {
  if (left.kind === 'never') return right
  return right.kind === 'never' ? left : { kind: 'either', left, right }
}
