/** What a directory has to tell its operator. Names are data as they came: escape them. Nothing here is secret. */
export type StoreEvent =
  /** A stored credential is unknown, malformed, or beyond the limits; or the package that it needs is missing. */
  | { readonly kind: 'unreadable-credential'; readonly name: string; readonly cause: unknown }
  /** The store answered with an account of another name. It was not used. */
  | { readonly kind: 'other-name'; readonly name: string; readonly found: string }
  /** The store has several accounts of one name. Nobody gets in. */
  | { readonly kind: 'ambiguous-name'; readonly name: string; readonly found: readonly string[] }
  /** Better credentials were made at a login, and kept. */
  | { readonly kind: 'rehashed'; readonly name: string; readonly made: readonly string[] }
  /** They could not be made, or not be kept. The login was none the worse for it. */
  | { readonly kind: 'rehash-failed'; readonly name: string; readonly cause: unknown }

/** Takes what an operator should know. It must not throw. */
export type StoreLog = (event: StoreEvent) => void
