/** Stands for the consumer where callers from outside could be several of those that are declared. */
export const anyone = '(anyone)'
