import type { Directory } from '../directory.js'

/**
 * @throws TypeError for a directory that cannot be asked what the mechanism asks: at once, and not as `temporary` to everybody
 *   who logs in.
 */
export function requireDirectoryWith(directory: Directory, name: keyof Directory, maker: string): void {
  if (typeof directory?.[name] !== 'function')
    throw new TypeError(`${maker} needs a directory; pass an object with ${name}()`)
}
