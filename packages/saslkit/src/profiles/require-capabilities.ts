import type { Capabilities } from './line-profile.js'

/** @throws TypeError for what tells no capabilities. */
export function requireCapabilities<C extends Partial<Capabilities>>(
  capabilities: C,
  ...lists: readonly ('mechanisms' | 'others')[]
): C {
  if (typeof capabilities !== 'object' || capabilities === null)
    throw new TypeError(`capabilities must be ${SHAPE}`)
  for (const name of lists)
    if (!Array.isArray(capabilities[name]))
      throw new TypeError(`capabilities.${name} must be a list; capabilities are ${SHAPE}`)
  return capabilities
}

const SHAPE = '{ mechanisms, startTls, initialResponse, passwordCommand, others }'
