/** The headers by which a caller steers one request to a mock. */
export const preferHeader = 'prefer'
export const faultHeader = 'x-concordat-fault'
export const sessionHeader = 'x-concordat-session'

/** A WebSocket made by a browser can set no header: the session then travels as a subprotocol with this prefix. */
export const sessionSubprotocol = 'concordat-session.'

/** What pages of other origins may set, and what they may read, beside what a contract's own policy has. */
export const steeringHeaders = [preferHeader, faultHeader, sessionHeader] as const
export const preferenceApplied = 'preference-applied'
