import { networkInterfaces } from 'node:os'

/** How often a piece of work is begun, the first time counted. */
const attempts = 3

const lookMs = 100

type Disturbed = Readonly<{
  /** The addresses of this machine, as one text. */
  addresses?: () => string
  /** Told before the work begins anew. */
  onAgain?: (reason: string) => void
}>

/**
 * Does something with a browser, and again where it failed while addresses of this machine came or went, as when somebody
 * starts a container: Chromium breaks all of its connections then, those to this machine too (ERR_NETWORK_CHANGED), and has
 * no switch against it. What fails otherwise fails at once.
 */
export async function undisturbed<T>(
  work: () => Promise<T>,
  { addresses = addressesOfMachine, onAgain = tell }: Disturbed = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    using watch = watchAddresses(addresses)
    try {
      return await work()
    } catch (error) {
      if (attempt === attempts || !watch.haveChanged()) throw error
      onAgain('The network of this machine changed, which breaks the connections of a browser: it is tried once more.')
    }
  }
}

function addressesOfMachine(): string {
  return Object.values(networkInterfaces())
    .flatMap((interfaces) => interfaces?.map(({ address, mac }) => `${address} ${mac}`) ?? [])
    .toSorted()
    .join('\n')
}

function watchAddresses(addresses: () => string): Disposable & Readonly<{ haveChanged: () => boolean }> {
  const before = addresses()
  let hasChanged = false
  const look = (): void => void (hasChanged ||= addresses() !== before)
  const timer = setInterval(look, lookMs)
  return {
    haveChanged() {
      look()
      return hasChanged
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

function tell(reason: string): void {
  process.stderr.write(`${reason}\n`)
}
