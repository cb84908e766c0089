/**
 * What is used of Node's `http`. An `import` from there loads all that it can give, the Fetch API among it, which takes as
 * long as all of Node's own start.
 */
export const { createServer } = process.getBuiltinModule('node:http')
