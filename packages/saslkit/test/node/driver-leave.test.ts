import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { leave } from '../../src/node/drivers/leave.js'
import { plainLoopback } from './loopback.js'

const CHUNK = Buffer.alloc(1024)

test('whoever does not read is not waited for, and holds no connection', async () => {
  const { client, server, close } = await plainLoopback()
  client.pause()
  while (server.writableLength === 0) server.write(CHUNK)
  assert.ok(!server.writableNeedDrain, 'this is about a peer that still seems to read')
  leave(server, 'bye\r\n', 1)
  await once(server, 'close')
  close()
})

test('whoever reads has the last word', async () => {
  const { client, server, close } = await plainLoopback()
  const heard: Buffer[] = []
  client.on('data', (chunk: Buffer) => heard.push(chunk))
  leave(server, 'bye\r\n')
  await once(client, 'end')
  assert.equal(Buffer.concat(heard).toString(), 'bye\r\n')
  close()
})

test('whoever has ended its side without reading can neither hold the connection nor end the process', async () => {
  const { client, server, close } = await plainLoopback()
  client.pause()
  server.resume()
  while (server.writableLength === 0) server.write(CHUNK)
  client.end()
  await once(server, 'end')
  assert.ok(server.writableEnded && server.writableLength > 0, 'this is about what Node has ended itself')
  leave(server, 'bye\r\n', 1)
  assert.equal(server.listenerCount('error'), 1)
  await once(server, 'close')
  close()
})
