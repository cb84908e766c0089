import type { Command, CommandContext, CommandTable } from '../command.ts'
import { globToRegExp } from '../glob.ts'
import { CommandError } from '../reply.ts'
import type { Reply } from '../reply.ts'

type Kind = 'channels' | 'patterns'

/** Messages to whoever listens now. @see https://redis.io/docs/latest/commands/?group=pubsub */
export const pubSubCommands: CommandTable = {
  publish: { min: 2, run: ([channel = '', message = ''], { server }) => server.pubSub.publish(channel, message) },
  subscribe: subscribeCommand('channels', 'subscribe'),
  psubscribe: subscribeCommand('patterns', 'psubscribe'),
  unsubscribe: unsubscribeCommand('channels', 'unsubscribe'),
  punsubscribe: unsubscribeCommand('patterns', 'punsubscribe'),
  pubsub: { min: 1, max: Infinity, run: ([subcommand = '', ...args], context) => inspect(subcommand, args, context) },
}

function subscribeCommand(kind: Kind, event: string): Command {
  return {
    min: 1,
    max: Infinity,
    whenSubscribed: true,
    run(names, { server: { pubSub }, session }) {
      const replies = names.map((name) => {
        pubSub.subscribe(kind, name, session)
        return [event, name, pubSub.count(session)]
      })
      return { kind: 'several', replies }
    },
  }
}

/** Without names it ends all subscriptions of its kind; it always answers, also when there was none. */
function unsubscribeCommand(kind: Kind, event: string): Command {
  return {
    min: 0,
    max: Infinity,
    whenSubscribed: true,
    run(names, { server: { pubSub }, session }) {
      const ended = names.length > 0 ? names : pubSub.subscriptions(kind, session)
      if (ended.length === 0) return [event, null, pubSub.count(session)]
      const replies = ended.map((name) => {
        pubSub.unsubscribe(kind, name, session)
        return [event, name, pubSub.count(session)]
      })
      return { kind: 'several', replies }
    },
  }
}

function inspect(subcommand: string, args: readonly string[], { server: { pubSub } }: CommandContext): Reply {
  switch (subcommand.toLowerCase()) {
    case 'channels':
      return pubSub.activeChannels().filter((channel) => globToRegExp(args[0] ?? '*').test(channel))
    case 'numsub':
      return args.flatMap((channel) => [channel, pubSub.listenerCount(channel)])
    default:
      throw new CommandError(`ERR unknown subcommand '${subcommand}'. Try PUBSUB HELP.`)
  }
}
