/** Tells how a gate goes on, line by line. */
export type StageProgress = Readonly<{
  /** Says that a stage starts; gives what says that it ended, and with what. */
  start: (stage: string, what: string) => (result: string) => void
  line: (text: string) => void
}>

const stageWidth = 10
const resultWidth = 56

/** Progress as text: `record     52 interactions in 1 edge … 3.1 s`. */
export function stageProgress(write: (line: string) => void): StageProgress {
  return {
    line: write,
    start(stage, what) {
      const started = performance.now()
      write(`${stage.padEnd(stageWidth)} ${what} …`)
      return (result) => {
        const seconds = ((performance.now() - started) / 1000).toFixed(1)
        write(`${stage.padEnd(stageWidth)} ${result.padEnd(resultWidth)} ${seconds} s`)
      }
    },
  }
}

/** `1 edge`, `2 edges`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
