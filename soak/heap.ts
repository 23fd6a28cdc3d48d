import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Octets in use, on V8's heap and in array buffers, once all that can go has gone. */
export async function heapUsed(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    await setImmediate() // what finalizers and promises have still to do
    collect()
  }
  const { heapUsed: used, arrayBuffers } = process.memoryUsage()
  return used + arrayBuffers
}
