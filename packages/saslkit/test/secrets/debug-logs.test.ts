/**
 * What a process writes, with Node's debug logs on. Not `stream`: Node then writes every chunk that crosses a socket, which for
 * PLAIN is the password, whoever sends it.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { CLIENT_MECHANISMS } from '../../src/negotiation/client-table.js'
import { assertWithout } from './assert-silent.js'

const DEBUG = 'net,tls,crypto,timer,worker,module,esm,saslkit'

async function outputOf(program: string, ...args: readonly string[]): Promise<string> {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const options = ['--trace-warnings', '--trace-uncaught', '--test-reporter=spec']
  const child = spawn(process.execPath, [...options, path, ...args], {
    // Without this runner's mark, a test that is run by itself tells in words what became of it.
    env: { ...process.env, NODE_DEBUG: DEBUG, NODE_TEST_CONTEXT: undefined },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  await new Promise((resolve) => child.on('close', resolve))
  return output
}

for (const how of ['throw', 'reject'])
  test(`a process that prints all it has, and ends by ${how}ing, shows no secret`, async () => {
    const output = await outputOf('print-everything.js', how)
    assert.match(output, /printed everything/)
    assert.match(output, /TypeError: password \(or its UTF-8 octets\) must be/)
    assert.match(output, /^NET \d+: /m)
    assertWithout(output, 'the output')
  })

test('a process that runs every mechanism, to each of its ends, writes no secret', async () => {
  const output = await outputOf('mechanisms.test.js')
  for (const mechanism of CLIENT_MECHANISMS) assert.ok(output.includes(`▶ ${mechanism}\n`), mechanism)
  assert.match(output, /^\S+ fail 0$/m)
  assertWithout(output, 'the output')
})
