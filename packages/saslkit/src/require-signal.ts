/**
 * @throws TypeError for what is no AbortSignal, at once: where it is waited on later, nobody may be there to catch it. It need
 *   not be of this realm.
 */
export function requireSignal(signal: AbortSignal | undefined): void {
  if (signal === undefined) return
  const { aborted, addEventListener }: Partial<AbortSignal> = signal ?? {}
  if (typeof aborted !== 'boolean' || typeof addEventListener !== 'function')
    throw new TypeError('signal must be an AbortSignal; pass controller.signal')
}
