import { isOutOfReach } from '#consumers/prometheus/shared/refusal.ts'

/** Whether somebody answers, by the last call to it. */
export type Reach = Readonly<{
  state: () => 'reached' | 'unreached'
  note: (state: 'reached' | 'unreached') => void
  /** Makes a call and notes whether it was answered. Throws what the call throws: a refusal is an answer too. */
  through: <T>(call: () => Promise<T>) => Promise<T>
}>

/** Nobody was reached before the first call. */
export function makeReach(): Reach {
  let current: ReturnType<Reach['state']> = 'unreached'
  return {
    state: () => current,
    note: (state) => void (current = state),
    async through(call) {
      try {
        const answer = await call()
        current = 'reached'
        return answer
      } catch (error) {
        current = isOutOfReach(error) ? 'unreached' : 'reached'
        throw error
      }
    },
  }
}
