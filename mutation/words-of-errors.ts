import type { SyntaxPath } from './engine.ts'

const MAKERS = /^(?:malformed|unsupported|limit|refuse\w*|\w*Error|\w*Mechanism)$/

/**
 * Why a text is not emptied: it is what an error says to people. A test that repeats it word for word proves nothing
 * that reading it does not; what programs rely on, the class and the reason, is mutated like everything else.
 */
export function wordsOfError(path: SyntaxPath): string | undefined {
  if (!isText(path)) return undefined
  let argument = path
  while (argument.parentPath?.node.type === 'BinaryExpression') argument = argument.parentPath
  const made = argument.parentPath?.node
  if (argument.listKey !== 'arguments' || !made?.callee) return undefined
  const { type, name = made.callee.property?.name ?? '' } = made.callee
  return type === 'Super' || MAKERS.test(name) ? 'what an error says to people' : undefined
}

/** Words have a space between them; a reason of failure has none. What a text has in `${}` is let alone if it is plain. */
function isText({ node }: SyntaxPath): boolean {
  if (node.type === 'StringLiteral') return String(node.value).includes(' ')
  if (node.type !== 'TemplateLiteral') return false
  const plain = node.expressions?.every(({ type }) => type === 'Identifier' || type === 'MemberExpression')
  return plain === true && node.quasis?.some(({ value }) => value.raw.includes(' ')) === true
}
