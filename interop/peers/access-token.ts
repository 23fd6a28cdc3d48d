import { createHmac } from 'node:crypto'

const encode = (octets: string | Buffer): string => Buffer.from(octets).toString('base64url')

/** A JWT (RFC 7519) signed with HS256, good for an hour. */
export function accessToken(subject: string, key: string): string {
  const now = Math.floor(Date.now() / 1000)
  const header = encode(JSON.stringify({ alg: 'HS256', typ: 'JWT' }))
  const claims = encode(JSON.stringify({ sub: subject, iss: 'interop', iat: now - 5, exp: now + 3600 }))
  const signed = `${header}.${claims}`
  return `${signed}.${encode(createHmac('sha256', key).update(signed).digest())}`
}
