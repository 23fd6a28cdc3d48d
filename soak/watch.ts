/** What a process must never do. */
export interface Watch {
  /** Rejections that nobody handled, and warnings such as MaxListenersExceededWarning. */
  readonly complaints: readonly string[]
  /** What keeps the process alive and was not there at first: timers, sockets, files. */
  left(): readonly string[]
  stop(): void
}

export function watch(): Watch {
  const complaints: string[] = []
  const rejected = (reason: unknown) => complaints.push(`unhandled rejection: ${String(reason)}`)
  const warned = ({ name, message }: Error) => {
    if (name !== 'ExperimentalWarning') complaints.push(`${name}: ${message}`)
  }
  process.on('unhandledRejection', rejected)
  process.on('warning', warned)
  // They come into being when they are first asked for, and then stay.
  for (const stream of [process.stdout, process.stderr]) stream.write('')
  const first = process.getActiveResourcesInfo()
  return {
    complaints,
    left() {
      const known = [...first]
      return process.getActiveResourcesInfo().filter((resource) => {
        const at = known.indexOf(resource)
        if (at >= 0) known.splice(at, 1)
        return at < 0 && resource !== 'Immediate'
      })
    },
    stop() {
      process.off('unhandledRejection', rejected)
      process.off('warning', warned)
    },
  }
}
