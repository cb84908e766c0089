// Preloaded into a server: at SIGUSR2 it collects its garbage and says how many bytes of its heap are alive.

process.on('SIGUSR2', () => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  process.stderr.write(`alive: ${heapUsed + external}\n`)
})
