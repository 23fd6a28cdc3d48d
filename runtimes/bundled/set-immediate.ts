/** For tests that let the event loop turn: browsers hold timers back that follow one another. */
export function setImmediate(turned: (value?: unknown) => void): void {
  if (typeof MessageChannel !== 'function') {
    setTimeout(turned, 0)
    return
  }
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    turned()
  }
  port2.postMessage(undefined)
}
