/** `npm run bench -- [NAME…]`: measures, and prints tables. Without names, everything. */
import { benchCrypto } from './crypto.ts'
import { benchHistory } from './history.ts'
import { benchLongRoom } from './long-room.ts'
import { benchPage } from './page.ts'
import { benchStream } from './stream.ts'

const benches: Record<string, () => Promise<void>> = {
  crypto: benchCrypto,
  history: benchHistory,
  page: benchPage,
  stream: benchStream,
  'long-room': benchLongRoom,
}

const names = process.argv.slice(2)
const unknown = names.find((name) => !Object.hasOwn(benches, name))
if (unknown !== undefined) {
  process.stderr.write(`There is no “${unknown}”. There are: ${Object.keys(benches).join(', ')}.\n`)
  process.exit(2)
}
for (const [name, bench] of Object.entries(benches)) if (names.length === 0 || names.includes(name)) await bench()
process.exit(0)
