/** Run by itself: logs in by every way to every end, prints all it gets, and leaves its errors to Node to print. */
import { saslClient } from '../../src/negotiation/client.js'
import { saslServer } from '../../src/negotiation/server.js'
import { memoryStore } from '../../src/stores/index.js'
import { NAMES, PROTOCOLS } from '../node/driver-ends.js'
import { connection, DECOY_SECRET, directory, memory } from './accounts.js'
import { drive } from './drive.js'
import { DRIVER_ROWS } from './driver-rows.js'
import { inProtest } from './in-protest.js'
import { good } from './outcomes.js'
import { PASSWORD } from './sentinels.js'

for (const protocol of NAMES)
  for (const mechanism of ['PLAIN', 'SCRAM-SHA-256', 'OAUTHBEARER'] as const)
    for (const row of DRIVER_ROWS)
      await drive(PROTOCOLS[protocol], mechanism, row, (said) => console.log(row.name, said))

const server = saslServer({ directory, decoySecret: DECOY_SECRET })
const client = saslClient(good)
const exchange = client.select(['SCRAM-SHA-256'], connection)
await exchange.start()
console.log(server, client, exchange, memory, await memoryStore([{ name: 'user', credentials: [PASSWORD] }]))
console.dir([server, client, exchange, memory], { depth: null, showHidden: true })

// Nobody handles these: Node prints them, with the source line and all their causes.
const error = await inProtest(() =>
  saslClient({ ...good, password: `${PASSWORD}\0` })
    .select(['PLAIN'], connection)
    .start(),
)
process.on('exit', () => console.log('printed everything'))
if (process.argv[2] === 'reject') Promise.reject(error)
else throw error
