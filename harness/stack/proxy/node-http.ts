/**
 * What is used of Node's `http` and `https`. An `import` from there loads all that they can give, the Fetch API among it,
 * which takes as long as all of Node's own start.
 */
export const { Agent, createServer, request, ServerResponse, STATUS_CODES, validateHeaderName, validateHeaderValue } =
  process.getBuiltinModule('node:http')
export const { Agent: SecureAgent, request: secureRequest } = process.getBuiltinModule('node:https')
