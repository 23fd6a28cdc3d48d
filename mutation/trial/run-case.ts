import { setImmediate } from 'node:timers/promises'
import type { Case } from './collect.ts'

/**
 * Whether a case passes. It fails too when it waits for what nothing can bring any more, and by what is thrown outside
 * of it while it runs.
 */
export async function passes(each: Pick<Case, 'run'>): Promise<boolean> {
  let reject: (error: unknown) => void = () => {}
  const broken = new Promise<never>((_, fail) => {
    reject = fail
  })
  broken.catch(() => {})
  const idle = () => reject(new Error('nothing is left to wait for'))
  process.on('beforeExit', idle)
  process.on('uncaughtException', reject)
  process.on('unhandledRejection', reject)
  // Else the channel to the parent keeps the process from being idle.
  process.channel?.unref()
  try {
    await Promise.race([each.run(), broken])
    // What nobody handles is reported after the microtasks.
    await Promise.race([setImmediate(), broken])
    return true
  } catch {
    return false
  } finally {
    process.channel?.ref()
    process.off('beforeExit', idle)
    process.off('uncaughtException', reject)
    process.off('unhandledRejection', reject)
  }
}

/** Processor time that something takes, in seconds. */
export async function timed<Value>(work: () => Promise<Value>): Promise<readonly [Value, number]> {
  const before = process.cpuUsage()
  const value = await work()
  const { user, system } = process.cpuUsage(before)
  return [value, (user + system) / 1e6]
}
