/** What is told of modules that there is nothing in place of: what they are for. */
const PURPOSES: Readonly<Record<string, string>> = {
  'node:child_process': 'processes',
  'node:fs': 'files',
  'node:fs/promises': 'files',
  'node:net': 'sockets',
  'node:tls': 'sockets',
  'node:crypto': 'certificates or other cryptography',
  'node:util': 'ways to print',
  'node:console': 'ways to print',
  'node:os': 'own seam of cryptography',
}

/** The heaviest first: who needs sockets needs the rest because of them. */
const ORDER = ['sockets', 'processes', 'files', 'certificates or other cryptography', 'ways to print']

/** Why a file of tests cannot be bundled: of all that it needs, what weighs most. */
export function needs(modules: ReadonlySet<string>): string {
  const purposes = new Set([...modules].map((name) => PURPOSES[name] ?? name))
  const [first] = [...ORDER.filter((purpose) => purposes.has(purpose)), ...purposes]
  return `needs Node’s ${first}`
}
