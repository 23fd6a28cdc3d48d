/**
 * What a process writes, with Node's debug logs on. Not `stream`: Node then writes every chunk that crosses a socket, which for
 * PLAIN is the password, whoever sends it.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assertWithout } from './assert-silent.js'

const program = fileURLToPath(new URL('print-everything.js', import.meta.url))

async function outputOf(args: readonly string[], debug: string): Promise<string> {
  const child = spawn(process.execPath, ['--trace-warnings', '--trace-uncaught', program, ...args], {
    env: { ...process.env, NODE_DEBUG: debug },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  await new Promise((resolve) => child.on('close', resolve))
  return output
}

for (const how of ['throw', 'reject'])
  test(`a process that prints all it has, and ends by ${how}ing, shows no secret`, async () => {
    const output = await outputOf([how], 'net,tls,crypto,timer,worker,module,esm,saslkit')
    assert.match(output, /printed everything/)
    assert.match(output, /TypeError: password \(or its UTF-8 octets\) must be/)
    assert.match(output, /^NET \d+: /m)
    assertWithout(output, 'the output')
  })
