/**
 * A file that other programs write, looked at each time it is asked for, and read anew when it has changed. There is no
 * timer and no watcher: what counts is what the file is when a login needs it.
 */
import { type BigIntStats, constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'

export interface WatchOptions {
  /**
   * Milliseconds for which a file must have been left alone before it is read again; default 1,000. A program that writes it
   * in place may be in the middle of it, at the end of a line.
   */
  readonly settle?: number | undefined
  /** Octets of the longest file that is read; default 64 MiB. */
  readonly maxLength?: number | undefined
  /** Milliseconds; default Date.now. */
  readonly now?: (() => number) | undefined
  /** Told when a changed file is not used, and why; what was read before stays. */
  readonly log?: ((event: FileEvent) => void) | undefined
}

/** What a file's store has to tell its operator. Causes name lines, and quote nothing of them. */
export type FileEvent =
  /** The file has changed, and cannot be read as what it should be. The accounts of before stand. */
  | { readonly kind: 'file-refused'; readonly path: string; readonly cause: unknown }
  /** One line cannot be used: the others can. */
  | { readonly kind: 'line-refused'; readonly path: string; readonly line: number; readonly cause: unknown }

export interface WatchedFile<T> {
  /** What the file is now. Throws where there is none, or it cannot be looked at. */
  current(): Promise<T>
  /** What it was when it was last looked at. */
  latest(): T
  /** Reads it now, however recently it was written. Throws where it cannot be used; what was read before stays. */
  refresh(): Promise<void>
}

interface Reading<T> {
  readonly mark: string
  readonly value: T
  /** It had been left alone for a while when it was read. */
  readonly settled: boolean
}

/**
 * @param parse the whole text, which ends at the end of a line. What it throws refuses the file.
 * @throws RangeError for a `settle` or `maxLength` that is none; what keeps the file from being read the first time.
 */
export async function watchedFile<T>(
  path: string,
  parse: (text: string) => Promise<T>,
  { settle = 1000, maxLength = 64 * 2 ** 20, now = Date.now, log = () => {} }: WatchOptions,
): Promise<WatchedFile<T>> {
  if (!(Number.isFinite(settle) && settle >= 0)) throw new RangeError('settle: milliseconds, 0 or more')
  if (!(maxLength >= 0)) throw new RangeError('maxLength: octets, 0 or more')

  /** By the ctime: nobody can set it. One that is yet to come is another machine's, and says nothing. */
  const isSettled = ({ ctimeMs }: BigIntStats): boolean => {
    const age = now() - Number(ctimeMs)
    return age < 0 || age >= settle
  }

  /** What the last reading was of: whoever waits for another's may have seen what came after it. */
  let attempted: string | undefined

  const read = async (): Promise<Reading<T>> => {
    attempted = undefined
    const file = await open(path, READ)
    try {
      const before = requireRegular(await file.stat({ bigint: true }))
      attempted = markOf(before)
      const settled = isSettled(before)
      if (before.size > maxLength) throw new Error(`the file is longer than ${maxLength} octets`)
      const octets = await file.readFile()
      const after = await file.stat({ bigint: true })
      if (markOf(before) !== markOf(after)) throw new Error('the file was written while it was read')
      return { mark: markOf(before), value: await parse(wholeText(octets)), settled }
    } finally {
      await file.close()
    }
  }

  let known = await read()
  let refusedMark: string | undefined
  let reading: Promise<void> | undefined

  const isKnown = (mark: string): boolean => (mark === known.mark ? known.settled : mark === refusedMark)

  /** Everybody who comes while it is read waits for that. */
  const readAgain = (): Promise<void> => {
    reading ??= read()
      .then((fresh) => {
        known = fresh
        refusedMark = undefined
      })
      .finally(() => {
        reading = undefined
      })
    return reading
  }

  return {
    async current() {
      const stats = requireRegular(await stat(path, { bigint: true }))
      const mark = markOf(stats)
      if (isKnown(mark) || !isSettled(stats)) return known.value
      if (reading) {
        // It may be of what was there before we looked. One that begins from here on is not.
        await reading.catch(() => {})
        if (isKnown(mark)) return known.value
      }
      try {
        await readAgain()
      } catch (cause) {
        if (cause instanceof Error && 'syscall' in cause) throw cause
        if (attempted === undefined || refusedMark !== attempted) log({ kind: 'file-refused', path, cause })
        refusedMark = attempted
      }
      return known.value
    },
    latest: () => known.value,
    async refresh() {
      await reading?.catch(() => {}) // it may have begun before what the caller knows of
      await readAgain()
    },
  }
}

/** A pipe opens at once, so that it can be seen for what it is; elsewhere there are none. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Two files with one mark are the same file with the same content, short of a write within the clock's grain. */
const markOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join()

function requireRegular(stats: BigIntStats): BigIntStats {
  if (!stats.isFile()) throw new Error('not a regular file')
  return stats
}

/** Whoever is in the middle of writing a file is mostly in the middle of a line. */
function wholeText(octets: Uint8Array): string {
  if (octets.length && octets.at(-1) !== 0x0a)
    throw new Error('the last line does not end: half of a file, or a line break is missing')
  try {
    // Without the byte order mark that some editors begin a file with: it would be the first name's.
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    throw new Error('the file is not UTF-8')
  }
}
