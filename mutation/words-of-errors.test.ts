import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SyntaxNode, SyntaxPath } from './engine.ts'
import { wordsOfError } from './words-of-errors.ts'

const text = (value: string): SyntaxNode => ({ type: 'StringLiteral', value })
const call = (name: string): SyntaxNode => ({ type: 'CallExpression', callee: { type: 'Identifier', name } })

/** A node as an argument of a call of `name`, perhaps with something between. */
function argumentOf(name: string, node: SyntaxNode, between?: SyntaxNode): SyntaxPath {
  const above = { node: call(name), parentPath: null }
  if (!between) return { node, parentPath: above, listKey: 'arguments' }
  return { node, parentPath: { node: between, parentPath: above, listKey: 'arguments' } }
}

test('what an error says to people is let alone', () => {
  assert.ok(wordsOfError(argumentOf('malformed', text('bad escape in a name'))))
  const member = {
    type: 'CallExpression',
    callee: { type: 'MemberExpression', property: { type: 'Identifier', name: 'unsupported' } },
  }
  const argument = { node: text('a hash of another kind'), listKey: 'arguments' }
  assert.ok(wordsOfError({ ...argument, parentPath: { node: member, parentPath: null } }))
  assert.ok(wordsOfError(argumentOf('TypeError', text('pass octets'))))
  const above = { node: { type: 'CallExpression', callee: { type: 'Super' } }, parentPath: null }
  assert.ok(wordsOfError({ node: text('a mandatory extension'), parentPath: above, listKey: 'arguments' }))
  assert.ok(wordsOfError(argumentOf('SaslError', text('one and '), { type: 'BinaryExpression' })))
  const plain = {
    type: 'TemplateLiteral',
    quasis: [{ value: { raw: 'at most ' } }],
    expressions: [text('x')],
  }
  assert.ok(
    wordsOfError(argumentOf('RangeError', { ...plain, expressions: [{ type: 'Identifier', name: 'most' }] })),
  )
})

test('everything else is mutated: reasons, what a peer is told, what decides within a text', () => {
  assert.equal(wordsOfError(argumentOf('SaslError', text('invalid-credentials'))), undefined)
  assert.equal(wordsOfError(argumentOf('utf8', text('NO not yet'))), undefined)
  assert.equal(wordsOfError({ node: text('two words'), parentPath: null }), undefined)
  const deciding = {
    type: 'TemplateLiteral',
    quasis: [{ value: { raw: 'at most ' } }],
    expressions: [{ type: 'ConditionalExpression' }],
  }
  assert.equal(wordsOfError(argumentOf('RangeError', deciding)), undefined)
})
