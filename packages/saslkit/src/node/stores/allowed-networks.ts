import { BlockList, isIP } from 'node:net'

/**
 * Dovecot's `allow_nets`: addresses and networks, separated by commas. `local`, for connections that have no address, lets
 * nobody in: where an address is missing, nobody knows why.
 *
 * @throws RangeError for what is neither.
 */
export function allowedNetworks(text: string): (address: string | undefined) => boolean {
  const lists = { 4: new BlockList(), 6: new BlockList() } // one alone would have IPv4 in ::/0
  for (const entry of text.split(',')) {
    if (entry.trim() === 'local') continue
    const [address = '', prefix, more] = entry.trim().split('/')
    const family = familyOf(address)
    const bits = family === 4 ? 32 : 128
    const length = prefix === undefined ? bits : /^[0-9]{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
    if (!family || more !== undefined || !(length <= bits))
      throw new RangeError('allow_nets: addresses and networks, separated by commas')
    lists[family].addSubnet(address, length, `ipv${family}`)
  }
  return (address = '') => {
    const plain = address.replace(/^::ffff:(?=[0-9.]+$)/i, '') // IPv4 on a socket of both kinds
    const family = familyOf(plain)
    return family !== undefined && lists[family].check(plain, `ipv${family}`)
  }
}

const familyOf = (address: string): 4 | 6 | undefined => {
  const family = isIP(address)
  return family === 4 || family === 6 ? family : undefined
}
