/** Comparisons in the sources whose words say that they may be of secrets: those that stop at the first difference. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** Where secrets are handled (docs/decisions/0003-comparing-secrets.md). */
const FOLDERS = ['credentials', 'mechanisms', 'exchange', 'stores']

const SECRET = /key|proof|sig|mac|hash|digest|token|secret|pass|resp/i

const OPERATORS: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]
const METHODS = ['equals', 'compare', 'localeCompare', 'includes', 'startsWith']

export interface Comparison {
  /** From `src/`, with slashes. */
  readonly file: string
  /** As it stands, on one line. */
  readonly expression: string
}

/** All in the folders of `sources`. */
export const secretComparisons = (sources: string): readonly Comparison[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(join(sources, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .sort()
      .flatMap((file) =>
        comparisonsIn(readFileSync(join(sources, file), 'utf8')).map((expression) => ({ file, expression })),
      ),
  )

/** Those of one text, each as it stands. */
export function comparisonsIn(text: string): readonly string[] {
  const found: string[] = []
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node): void => {
    if (isSuspect(node)) found.push(node.getText(source).replace(/\s+/g, ' '))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function isSuspect(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node) && OPERATORS.includes(node.operatorToken.kind)) {
    const sides = [node.left, node.right]
    return !sides.some(isPublic) && sides.some(namesSecret)
  }
  if (!ts.isCallExpression(node)) return false
  const callee = node.expression
  if (!ts.isPropertyAccessExpression(callee) && !ts.isElementAccessExpression(callee)) return false
  const on = callee.expression
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee.argumentExpression
  if (!METHODS.includes(ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : '')) return false
  // A delimiter or another literal that is looked for is written in the source, for all to read.
  return !node.arguments.every(isPublic) && [on, ...node.arguments].some(namesSecret)
}

/** What is compared with one of these is no secret, or is not compared whole. */
function isPublic(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node))
    return isPublic(node.expression)
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.ExclamationToken || isPublic(node.operand)
  if (ts.isPropertyAccessExpression(node)) return /^(byteLength|length)$/.test(node.name.text)
  return (
    ts.isTypeOfExpression(node) ||
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined')
  )
}

/** Whether a name that stands in it is that of a secret. */
function namesSecret(node: ts.Node): boolean {
  if (ts.isIdentifier(node) && SECRET.test(node.text)) return true
  return ts.forEachChild(node, (child) => namesSecret(child) || undefined) ?? false
}
