/** Printing is the runtime's own affair: a test that needs Node's fails, and stands on the list of what is left out. */
export function inspect(): never {
  throw new Error('there is no inspect of node:util here')
}
