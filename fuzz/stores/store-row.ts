import fc from 'fast-check'
import type { Store, StoredAccount } from 'saslkit/stores'
import { prepareName } from 'saslkit/strings'
import { type EditedText, editedText, textOf } from '../edits/text-edit.ts'
import { demand } from '../finding.ts'
import { Outcomes, type Row } from '../row.ts'
import { STRING_VECTORS } from '../vectors.ts'

/** One kind of store. */
export interface StoreRow {
  readonly name: string
  readonly share?: number
  /** Whether an account of that name can stand in such a store at all. */
  readonly carries: (name: string) => boolean
  /** A store of these accounts and no others; of two with one prepared name there is never more than one here. */
  open(accounts: readonly StoredAccount[]): Promise<Pick<Store, 'find'>>
}

const SEEDS: readonly string[] = [
  ...STRING_VECTORS.filter((name) => name.isWellFormed()),
  ...[
    'user',
    'User',
    'us\u00ader',
    '__proto__',
    'constructor',
    '%',
    "' OR 1=1 --",
    '../user',
    'user:x',
    '*)(uid=*',
    '$(id)',
  ],
]

interface Case {
  readonly accounts: readonly EditedText[]
  readonly asked: readonly EditedText[]
}

const CREDENTIAL = '{SHA}9gCGqtlXKoTtHPm4yiVGpRZAVFo='
const CONTEXT = { connection: { secure: true } }

/** Every run is a store of a few odd names, and asks for these and for others: each finds its own, and nobody else's. */
export const storeRow = ({ name, share = 1, carries, open }: StoreRow): Row => ({
  name,
  share,
  async ready() {
    const outcomes = new Outcomes()
    const names = fc.array(editedText(SEEDS.length, SEEDS, false), { minLength: 1, maxLength: 4 })
    const property = fc.asyncProperty(fc.record({ accounts: names, asked: names }), async (one: Case) => {
      const held = new Map<string, StoredAccount>()
      for (const edited of one.accounts) {
        const account = { name: textOf(edited, SEEDS), credentials: [CREDENTIAL] }
        const prepared = await preparedOrNot(account.name)
        if (prepared !== undefined && !held.has(prepared) && carries(account.name))
          held.set(prepared, account)
      }
      const store = await open([...held.values()])
      const others = await Promise.all(one.asked.map((edited) => preparedOrNot(textOf(edited, SEEDS))))
      for (const asked of [...held.keys(), ...others.filter((other) => other !== undefined)]) {
        const found = [await store.find(asked, CONTEXT)].flat().filter((account) => account != null)
        const wanted = held.get(asked)
        const right = wanted ? found.length === 1 && found[0]!.name === wanted.name : found.length === 0
        demand(
          right,
          () => `${JSON.stringify(asked)} finds ${JSON.stringify(found)}, of ${JSON.stringify([...held])}`,
        )
        outcomes.count(found.length ? 'found' : 'not there')
      }
    })
    return { property: property as fc.IAsyncProperty<unknown>, outcomes }
  },
})

/** Directories ask for prepared names alone, and never for one that preparation refuses. */
async function preparedOrNot(name: string): Promise<string | undefined> {
  try {
    return await prepareName(name, 'saslprep')
  } catch (error) {
    demand(error instanceof RangeError, () => String(error))
    return undefined
  }
}
