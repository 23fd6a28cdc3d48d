/** The runtimes' own symbol: Node, Bun and Deno ask for it, browsers do not. */
const CUSTOM = Symbol.for('nodejs.util.inspect.custom')

/**
 * Lets inspected instances show their fields alone. With `showHidden` and `getters`, Node calls the getters on the prototype
 * too, which is where secrets are asked for by name.
 */
export function showFields({ prototype }: { readonly prototype: object }): void {
  Object.defineProperty(prototype, CUSTOM, {
    value(
      this: object,
      _depth: number,
      options: object,
      inspect: (value: object, options: object) => string,
    ) {
      return `${this.constructor.name} ${inspect({ ...this }, options)}`
    },
  })
}
