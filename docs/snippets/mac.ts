import { createHmac } from 'node:crypto'

export const mac = (pin: string, nonce: Uint8Array): string =>
  createHmac('sha256', pin).update(nonce).digest('hex')
