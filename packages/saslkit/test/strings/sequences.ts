/** The generator of tools/make-string-digests.py, once more: the same texts from the same seed. */

type Pool = readonly (readonly [first: number, last: number])[]

export const ranges = (text: string): Pool =>
  text.split(' ').map((part) => {
    const [first, last] = part.split('-')
    return [Number.parseInt(first!, 16), Number.parseInt(last ?? first!, 16)]
  })

export const SASLPREP_POOLS: readonly Pool[] = [
  '61-7a 41-5a c0-17f 300-345 1e00-1ef9',
  '1100-1112 1161-1175 11a8-11c2 ac00-ac40 300-314',
  '5d0-5ea 591-5c4 fb1d-fb4e 30-39',
  '621-655 670-6d3 fb50-fbb1 fdf0-fdfb 660-669',
  '905-94d 985-9d7 b05-b57 b85-bd7 c95-cd6 d05-d57 d85-ddf',
  '1000-1059 f40-fbc 3041-309e 30a1-30fe ff66-ff9f',
  '1f00-1fff 391-3ff 400-4ff 483-486',
  'fb00-fb17 ff01-ff65 2100-2183 2460-24ea 3300-33fe a0-bf 2000-205f',
  '2f800-2fa1d f900-fa6a 1d15e-1d1dd 1d400-1d7ff',
  '1b00-1b4f 1dc0-1dff 221-236 350-36f 1e8d0-1e94a 1f600-1f640 61-7a 300-320',
  '300-320 591-5af 610-61a 6d6-6ed 3099-309a 302a-302f f71-f87 94d-94d 5b0-5b9',
  '0-7f ad-ad 200b-200f fe00-fe0f feff-feff e000-e010 fff9-fffd',
  '0-ffff 10000-10ffff',
].map(ranges)

export const PRECIS_POOLS: readonly Pool[] = [
  '61-7a 41-5a c0-17f 300-345 1e00-1ef9',
  '1100-1112 1161-1175 11a8-11c2 ac00-ac40',
  '5d0-5ea 591-5c4 5f3-5f4 30-39 2e-2e 27-27',
  '621-655 6fa-6ff 660-669 6f0-6f9 200c-200d 620-64a',
  '905-94d 985-9cd b05-b4d 200c-200d 94d-94d 915-939',
  '712-72f 7ca-7ea 840-855 8a0-8b4 200c-200c 64b-655',
  '1820-1842 1887-18aa a840-a872 200c-200c 300-310',
  '1f00-1fff 391-3ff 375-375 400-4ff',
  '3041-309e 30a1-30fe ff66-ff9f 4e00-4e20 30fb-30fb',
  'ff01-ff65 2100-2183 2460-24ea a0-bf 2000-205f 3000-3000 b7-b7 6c-6c',
  '10800-10855 10a00-10a35 1e900-1e94b 1ee00-1ee3b 30-39',
  '391-3c9 3a3-3a3 27-27 300-304',
  '0-ffff 10000-10ffff',
].map(ranges)

export const SEQUENCES = 60_000
export const SEQUENCE_BLOCK = 2_000

export function* sequences(pools: readonly Pool[], seed: number, count: number): Generator<string> {
  let state = seed
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) % limit
  }
  const oneOf = <T>(items: readonly T[]): T => items[below(items.length)]!
  for (let n = 0; n < count; n++) {
    const chosen = [oneOf(pools)]
    if (below(2)) chosen.push(oneOf(pools))
    let text = ''
    for (let length = 1 + below(10); length > 0; length--) {
      const [first, last] = oneOf(oneOf(chosen))
      const codePoint = first + below(last - first + 1)
      text += String.fromCodePoint(0xd800 <= codePoint && codePoint <= 0xdfff ? 0x41 : codePoint)
    }
    yield text
  }
}
