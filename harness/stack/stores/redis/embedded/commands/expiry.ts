import type { Command, CommandContext, CommandTable } from '../command.ts'
import { integer } from '../numbers.ts'
import { CommandError } from '../reply.ts'
import { checkedMoment } from '../set-options.ts'

type Rule = (newer: number, current: number | undefined) => boolean

/** When an expiry may be changed. A key that never expires counts as one that expires last. */
const RULES: Readonly<Record<string, Rule>> = {
  nx: (_, current) => current === undefined,
  xx: (_, current) => current !== undefined,
  gt: (newer, current) => current !== undefined && newer > current,
  lt: (newer, current) => current === undefined || newer < current,
}

/** When keys expire. @see https://redis.io/docs/latest/commands/?group=generic */
export const expiryCommands: CommandTable = {
  expire: expireCommand('expire', (seconds) => Date.now() + seconds * 1_000),
  pexpire: expireCommand('pexpire', (milliseconds) => Date.now() + milliseconds),
  expireat: expireCommand('expireat', (seconds) => seconds * 1_000),
  pexpireat: expireCommand('pexpireat', (milliseconds) => milliseconds),
  ttl: { min: 1, run: ([key = ''], context) => remaining(key, context, (left) => Math.round(left / 1_000)) },
  pttl: { min: 1, run: ([key = ''], context) => remaining(key, context, (left) => left) },
  persist: {
    min: 1,
    run([key = ''], { db }) {
      if (db.expiresAt(key) === undefined) return 0
      db.expire(key, undefined)
      return 1
    },
  },
}

function expireCommand(name: string, momentOf: (amount: number) => number): Command {
  return {
    min: 2,
    max: Infinity,
    run([key = '', amount = '', ...options], { db }) {
      const at = checkedMoment(momentOf(integer(amount)), name)
      const rules = options.map((option) => ruleOf(option))
      if (db.get(key) === undefined || !rules.every((rule) => rule(at, db.expiresAt(key)))) return 0
      db.expire(key, at)
      return 1
    },
  }
}

function ruleOf(option: string): Rule {
  const rule = RULES[option.toLowerCase()]
  if (rule === undefined) throw new CommandError(`ERR Unsupported option ${option}`)
  return rule
}

/** -2 for a key that does not exist, -1 for one that never expires. */
function remaining(key: string, { db }: CommandContext, unit: (milliseconds: number) => number): number {
  if (db.get(key) === undefined) return -2
  const at = db.expiresAt(key)
  return at === undefined ? -1 : unit(Math.max(0, at - Date.now()))
}
