/** Milliseconds that are enough to start processes and stores on a busy machine. */
export const startUpMs = 90_000
