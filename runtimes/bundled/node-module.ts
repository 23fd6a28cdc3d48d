/** Tests put the seams of browsers in place of Node's by this, which a bundle for browsers has anyway. */
export const register = (): void => {}
