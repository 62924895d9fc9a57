/** A small conversation that was saved, for tests. */
import { fromHex, toHex } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { type Entry, signEntry } from './entry.ts'
import { Log } from './log.ts'
import { makeTranscript } from './transcript.ts'

const TOPIC = new Uint8Array(32).fill(7)
const author = nodeIdentity(new Uint8Array(32).fill(1))
const visit = new Uint8Array(16).fill(2)

/** The public key of who says all of it, in hex. */
export const storyAuthor = toHex(author.author)

/** A name, three texts, and a deletion of the second of them: entries 1 to 5. */
async function story(name: string): Promise<Log> {
  const log = new Log()
  const all: Entry[] = []
  const say = async (kind: string, content: unknown) => {
    const before = all.at(-1)
    const seq = all.length + 1
    const place = { visit, seq, prev: before ? fromHex(before.id) : null, clock: seq, at: seq, kind }
    const entry = await signEntry(nodeSuite, TOPIC, author, place, content)
    all.push(entry)
    log.add(entry)
    return entry
  }
  await say('profile', { name })
  await say('text', { text: 'one' })
  const secret = await say('text', { text: 'secret' })
  await say('text', { text: 'three' })
  await say('delete', { targets: [[visit, 3, fromHex(secret.id)]] })
  return log
}

/** The file. */
export const storySaved = async ({ name = 'Ada', room = 'otters' } = {}): Promise<string> =>
  makeTranscript(room, toHex(TOPIC), (await story(name)).inOrder(), new Date(0))
