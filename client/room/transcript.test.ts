import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromHex, toHex } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { type Entry, signEntry } from './entry.ts'
import { Log } from './log.ts'
import { checkTranscript, makeTranscript } from './transcript.ts'

const TOPIC = new Uint8Array(32).fill(7)
const ada = nodeIdentity(new Uint8Array(32).fill(1))
const visit = new Uint8Array(16).fill(2)

/** A name, three texts, and a deletion of the second of them. */
async function story(): Promise<Log> {
  const log = new Log()
  const all: Entry[] = []
  const say = async (kind: string, content: unknown) => {
    const before = all.at(-1)
    const seq = all.length + 1
    const place = { visit, seq, prev: before ? fromHex(before.id) : null, clock: seq, at: seq, kind }
    const entry = await signEntry(nodeSuite, TOPIC, ada, place, content)
    all.push(entry)
    log.add(entry)
    return entry
  }
  await say('profile', { name: 'Ada' })
  await say('text', { text: 'one' })
  const secret = await say('text', { text: 'secret' })
  await say('text', { text: 'three' })
  await say('delete', { targets: [[visit, 3, fromHex(secret.id)]] })
  return log
}
const saved = async () => makeTranscript('otters', toHex(TOPIC), (await story()).inOrder(), new Date(0))

test('a saved conversation is genuine, tells who wrote how much, and nothing that was deleted', async () => {
  const text = await saved()
  assert.ok(!text.includes(Buffer.from('secret').toString('base64url')))
  const report = await checkTranscript(nodeSuite, text)
  assert.deepEqual(report, {
    room: 'otters',
    exportedAt: '1970-01-01T00:00:00.000Z',
    entries: 5,
    authors: [{ id: toHex(ada.author), name: 'Ada', messages: 2, deleted: 1 }],
    missing: [],
    wrong: [],
  })
})

test('whatever is changed in an entry is found', async () => {
  const text = await saved()
  const file = JSON.parse(text)
  for (const [index, entry] of file.entries.entries())
    for (const part of ['header', 'signature', 'salt', 'content'])
      for (const place of [0, 5]) {
        if (entry[part] === null) continue
        const changed = structuredClone(file)
        const letter = entry[part][place] === 'A' ? 'B' : 'A'
        changed.entries[index][part] = entry[part].slice(0, place) + letter + entry[part].slice(place + 1)
        const report = await checkTranscript(nodeSuite, JSON.stringify(changed))
        assert.ok(report && report.wrong.length > 0, `${index} ${part} ${place}`)
      }
})

test('what was left out, put in twice, or taken out of another room shows', async () => {
  const file = JSON.parse(await saved())
  const check = async (change: (copy: typeof file) => void) => {
    const copy = structuredClone(file)
    change(copy)
    const report = await checkTranscript(nodeSuite, JSON.stringify(copy))
    return [report?.missing.length, report?.wrong.length]
  }
  assert.deepEqual(await check((copy) => copy.entries.splice(1, 1)), [1, 0])
  assert.deepEqual(await check((copy) => copy.entries.push(copy.entries[1])), [0, 1])
  assert.deepEqual(
    await check((copy) => {
      copy.topic = 'ab'.repeat(32)
    }),
    [0, 5],
  )
  assert.deepEqual(
    await check((copy) => {
      delete copy.entries[2].deletion
    }),
    [1, 1],
  )
  assert.deepEqual(
    await check((copy) => {
      copy.entries.reverse()
    }),
    [0, 0],
  )
})

test('what is no saved conversation is none, and nothing throws', async () => {
  for (const text of [
    '',
    '{}',
    'null',
    '[]',
    '{"format":"earshot transcript 1"}',
    'x'.repeat(1000),
    (await saved()).slice(0, -9),
  ])
    assert.equal(await checkTranscript(nodeSuite, text), null)
  const file = JSON.parse(await saved())
  for (const entry of [{}, { header: '!', signature: '', salt: null, content: null }, 5, null])
    assert.equal(await checkTranscript(nodeSuite, JSON.stringify({ ...file, entries: [entry] })), null)
})
