import type { Front, Transport } from './front.ts'

const TRANSPORTS: readonly Transport[] = ['STARTTLS', 'TLS']

/** Where each protocol is served, for a reader's own client. */
export function portsTable(ports: Front['ports']): string {
  const rows = Object.entries(ports).map(([protocol, served]) => [
    protocol,
    ...TRANSPORTS.map((transport) => String(served[transport])),
  ])
  return [['', ...TRANSPORTS], ...rows]
    .map(([protocol = '', ...cells]) =>
      [protocol.padEnd(8), ...cells.map((cell) => cell.padStart(8))].join('  '),
    )
    .join('\n')
}
