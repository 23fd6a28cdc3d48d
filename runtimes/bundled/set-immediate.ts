interface Host {
  readonly scheduler?: { postTask?(task: () => void): unknown }
}

/** For tests that let the event loop turn: browsers hold timers back that follow one another. */
export function setImmediate(turned: (value?: unknown) => void): void {
  const { scheduler } = globalThis as Host
  if (scheduler?.postTask) scheduler.postTask(turned)
  else setTimeout(turned, 0)
}
