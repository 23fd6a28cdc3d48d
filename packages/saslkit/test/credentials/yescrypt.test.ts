/** yescrypt with several lanes, several passes and parameters of several digits: what libxcrypt 4.4.33 makes of "pencil". */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseStoredCredential, verifyPassword } from '../../src/credentials/index.js'
import { yescryptCost } from '../../src/credentials/schemes/yescrypt.js'

const MADE: readonly (readonly [text: string, N: number, r: number, p: number, t: number])[] = [
  ['$y$j3...$abcd$DpQpw35rdy4oxepXErKGo94uWqMFtRefsDSrup4elGD', 64, 1, 2, 0],
  ['$y$j3../$abcd$0Ruqe1Mv7aD8/xPvml3Hcp6hhCzuZWrrHGx1u4LFGzB', 64, 1, 3, 0],
  ['$y$j3.0/.$abcd$/5Unxmv5VojfA.OjUAN1mXVmK3AqzgJ0NrreMKN2aO3', 64, 1, 3, 1],
  ['$y$j3.0//$abcd$71ygoJ081rkLG3u5Cztq7nmY0wvz3pZYRX6Gd0EBv3/', 64, 1, 3, 2],
  ['$y$j3/0/0$abcd$W1fxt4de.VI9GPp1AO4SGxWciaYfjb/RqRyuvbiJft.', 64, 2, 3, 3],
  ['$y$j3.//$abcd$Q54/vNboekDIx.i1Ghu1rjIl3eUnsrQGij46mBQuIY9', 64, 1, 1, 2],
  ['$y$j3./0$abcd$yT/Bf.iZvj/g7JZUQo9byavuFVuwXdzbAm35gQrQd7/', 64, 1, 1, 3],
  ['$y$j3//1$abcd$MgQ8H1STI5x0MS1iqpChD7WQNCI5dW1Xl2oBtz46Os0', 64, 2, 1, 4],
  ['$y$j/./s..$abcd$vAntepIKJbGr5.wkuD905jCOzarQmXv5Oo.R5bxo1a.', 4, 1, 1, 561],
  ['$y$j/./s./$abcd$eWPHhTeEC.teI9KJZkRFHko/OlxWHESmT/qLKLUpbn.', 4, 1, 1, 562],
  ['$y$j4.010$abcd$ISYWY2rR4gVbCvJAnaxEkwo3u39Njg9U1ebDobY0VJ.', 128, 1, 5, 3],
  ['$y$j/j$abcd$aC2kLD/7r4UAVlIkfu/INwsr/uJAzxJp/GKVhbzsE/7', 4, 48, 1, 0],
  ['$y$j/k.$abcd$Aq4KWlYByLG.wiSNCl8vQf4yWEfgd1ri10DYDwWasv5', 4, 49, 1, 0],
  ['$y$j/kz$abcd$.TjUyeoH.Uz6yFPMv4cnCxMxcqbiAZCdQ5QTO5S0Ne5', 4, 112, 1, 0],
  ['$y$j/l.$abcd$AERxzr3UQMgnolMVE81CKaYwDD5OVquWQ8y4Oro5toD', 4, 113, 1, 0],
]

for (const [text, N, r, p, t] of MADE)
  test(`N=${N}, r=${r}, p=${p}, t=${t}`, async () => {
    const stored = parseStoredCredential(text)
    assert.deepEqual(stored.parameters, { N, r, p, t, saltLength: 3 })
    assert.equal(await verifyPassword(stored, 'pencil'), true)
  })

test('a cost is what crypt_gensalt makes of it', () => {
  assert.deepEqual([1, 2, 3, 4, 5, 9].map(yescryptCost), [
    { N: 1024, r: 8 },
    { N: 2048, r: 8 },
    { N: 1024, r: 32 },
    { N: 2048, r: 32 },
    { N: 4096, r: 32 },
    { N: 65_536, r: 32 },
  ])
})

for (const [text, saltLength] of [
  ['$y$j/.$/..$R4KxIe3h37PPDiwf1c5XGbRu7oV7.owekvWrHLm7fxC', 2],
  ['$y$j/.$abcdef.$pdVR8zGZiQJxnONeSDLZQ5AEDGzLaWlDwCIkWAqK8a0', 5],
  ['$y$j/.$abcdefg/$DnQth0rr7X0F4YSatM5yXpo7ojSeJvlz1SGW2vM/4JC', 6],
] as const)
  test(`a salt of ${saltLength} octets`, async () => {
    const stored = parseStoredCredential(text)
    assert.equal(stored.parameters.saltLength, saltLength)
    assert.equal(await verifyPassword(stored, 'pencil'), true)
  })

test('each character of what is kept counts', async () => {
  const text = '$y$j/.$abcd$.S5833vO6OCJK8e0WX2waGWvSs.3ynJqU3N2qQwBUS3'
  for (let at = text.lastIndexOf('$') + 1; at < text.length; at++) {
    const other = text[at] === 'a' ? 'b' : 'a'
    const stored = parseStoredCredential(text.slice(0, at) + other + text.slice(at + 1))
    assert.equal(await verifyPassword(stored, 'pencil'), false, stored.text)
  }
})
