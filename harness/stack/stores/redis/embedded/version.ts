/** The Redis whose behaviour the commands here follow. */
export const SERVER_VERSION = '7.0.15'
