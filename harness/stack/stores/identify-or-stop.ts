type Server = { url: string; stop(): Promise<void> }

/** Asks a server of ours what it is; one that does not answer is stopped, and the reason thrown. */
export async function identifyOrStop(server: Server, identify: (url: string) => Promise<string>): Promise<string> {
  try {
    return await identify(server.url)
  } catch (error) {
    await server.stop()
    throw error
  }
}
