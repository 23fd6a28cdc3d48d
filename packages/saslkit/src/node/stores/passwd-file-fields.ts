/**
 * The extra fields of a passwd-file that bear on a login, as Dovecot 2.3 has them. All others are passed over: they concern
 * mailboxes, proxies, and how quickly to answer.
 */
import { allowedNetworks } from './allowed-networks.js'
import type { FileLine } from './file-store.js'

export interface PasswdFileFields {
  /** The canonical name: that of the line, unless `user=` says another. */
  readonly user: string
  readonly refused: 'account-disabled' | undefined
  /** No password gets in, and whoever has one is not told why. A token's owner is, as of `nologin`. */
  readonly shut: boolean
  readonly refuse: FileLine['refuse']
}

type Field = readonly [key: string, value: string]
type Refuse = NonNullable<FileLine['refuse']>

/** @param text `key=value` or a bare key, separated by spaces. Whatever the value, a bare key's effect is there. */
export function passwdFileFields(name: string, text: string, now: () => number = Date.now): PasswdFileFields {
  const fields = text.split(' ').map((field): Field => {
    const [key = '', ...value] = field.split('=')
    return [key, value.join('=')]
  })
  const valuesOf = (key: string) => fields.flatMap(([of, value]) => (of === key ? [value] : []))
  const has = (key: string) => valuesOf(key).length > 0
  const user = valuesOf('user').at(-1)

  const refusals: readonly Refuse[] = [
    ...fields.filter(([key]) => UNREAD_NAMES.includes(key)).map(([key]) => failing(`${key}: not read here`)),
    ...(user !== undefined && !isPlain(user)
      ? [failing('user: empty, or a variable that is not known')]
      : []),
    // Each must be kept. What stands between us and the client is not ours to know: real addresses are those that we see.
    ...[...valuesOf('allow_nets'), ...valuesOf('allow_real_nets')].map(onlyFrom),
    ...valuesOf('delay_until').map((time) => notBefore(time, now)),
  ]
  const shut = has('fail') || has('noauthenticate')
  return {
    user: user ? expanded(user, name) : name,
    refused: shut || has('nologin') ? 'account-disabled' : undefined,
    shut,
    refuse: refusals.length ? (context) => firstOf(refusals, context) : undefined,
  }
}

/** Other ways to change who somebody is. To pass them over would let them in as somebody else. */
const UNREAD_NAMES: readonly string[] = ['username', 'domain', 'login_user', 'original_user']

/** Dovecot's variables for the name that was asked for, and for what stands before and behind its "@". */
const VARIABLE = /%(?:[und%]|\{(?:user|username|domain)\})/g

const isPlain = (user: string): boolean => user !== '' && !user.replace(VARIABLE, '').includes('%')

function expanded(user: string, name: string): string {
  const [local = '', ...domain] = name.split('@')
  return user.replace(VARIABLE, (variable) => {
    if (variable === '%%') return '%'
    if (variable === '%u' || variable === '%{user}') return name
    return variable === '%n' || variable === '%{username}' ? local : domain.join('@')
  })
}

/** Nobody can tell, so nobody gets in. */
const failing =
  (why: string): Refuse =>
  () => {
    throw new RangeError(why)
  }

function onlyFrom(networks: string): Refuse {
  try {
    const allows = allowedNetworks(networks)
    return ({ connection }) => (allows(connection.remoteAddress) ? undefined : 'not-authorized')
  } catch (cause) {
    return () => {
      throw cause
    }
  }
}

/**
 * Seconds since 1970, and what is added at random. Dovecot waits, for five minutes at most. Here it is a refusal, which is told
 * to whoever has proved themselves: to throw would tell everybody that the name is there.
 */
function notBefore(time: string, now: () => number): Refuse {
  const [, seconds] = /^([0-9]{1,12})(?:\+[0-9]{1,9})?$/.exec(time) ?? []
  if (seconds === undefined) return failing('delay_until: not a time')
  return () => (now() < Number(seconds) * 1000 ? 'not-authorized' : undefined)
}

function firstOf(refusals: readonly Refuse[], context: Parameters<Refuse>[0]): ReturnType<Refuse> {
  const all = refusals.map((refuse) => refuse(context))
  return all.find((refused) => refused)
}
