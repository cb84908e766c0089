import { brokerAddress } from '#harness/broker/client/broker-address.ts'
import { brokerClient, type BrokerClient } from '#harness/broker/client/broker-client.ts'
import { BrokerRefused, BrokerUnreachable } from '#harness/broker/client/broker-errors.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { CannotReach } from '../exit-code.ts'

/**
 * Works with the broker that the environment names, and tells what goes wrong as this command line does.
 * @throws UsageError where none is named or it does not know us, CannotReach where it takes no connection or fails; else what the
 * work throws.
 */
export async function withBroker<T>(work: (client: BrokerClient) => Promise<T>): Promise<T> {
  try {
    return await work(brokerClient(brokerAddress()))
  } catch (error) {
    if (error instanceof BrokerUnreachable) throw new CannotReach(error.message, { cause: error })
    if (error instanceof BrokerRefused && (error.status === 401 || error.status === 403))
      throw new UsageError(error.message, { cause: error })
    throw error
  }
}
