/**
 * A property, unless it is one that every object has: what somebody has put on Object.prototype (prototype pollution) says
 * nothing of this one. For whom a login is.
 */
export const own = <T extends object, K extends keyof T>(of: T, name: K): T[K] | undefined =>
  name in Object.prototype && !Object.hasOwn(of, name) ? undefined : of[name]
