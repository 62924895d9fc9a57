import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeSuite } from '../crypto/node.ts'
import { checkTranscript } from './transcript.ts'
import { storyAuthor, storySaved } from './transcript-story.ts'

test('a saved conversation is genuine, tells who wrote how much, and nothing that was deleted', async () => {
  const text = await storySaved()
  assert.ok(!text.includes(Buffer.from('secret').toString('base64url')))
  const report = await checkTranscript(nodeSuite, text)
  assert.deepEqual(report, {
    room: 'otters',
    exportedAt: '1970-01-01T00:00:00.000Z',
    entries: 5,
    authors: [{ id: storyAuthor, name: 'Ada', messages: 2, deleted: 1 }],
    missing: [],
    gaps: { before: 0, between: 0 },
    wrong: [],
  })
})

test('whatever is changed in an entry is found', async () => {
  const text = await storySaved()
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
  const file = JSON.parse(await storySaved())
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

test('how much is missing is told apart: before the first entry of a visit, and in between', async () => {
  const file = JSON.parse(await storySaved())
  const gaps = async (...left: number[]) => {
    const entries = file.entries.filter((_: unknown, index: number) => left.includes(index + 1))
    return (await checkTranscript(nodeSuite, JSON.stringify({ ...file, entries })))?.gaps
  }
  assert.deepEqual(await gaps(1, 2, 3, 4), { before: 0, between: 0 })
  assert.deepEqual(await gaps(3, 4, 5), { before: 2, between: 0 })
  assert.deepEqual(await gaps(1, 4, 5), { before: 0, between: 2 })
  assert.deepEqual(await gaps(2, 5), { before: 1, between: 2 })
  assert.deepEqual(await gaps(1, 3, 5), { before: 0, between: 2 })
  assert.deepEqual(await gaps(), { before: 0, between: 0 })
})

test('what is no saved conversation is none, and nothing throws', async () => {
  for (const text of [
    '',
    '{}',
    'null',
    '[]',
    '{"format":"earshot transcript 1"}',
    'x'.repeat(1000),
    (await storySaved()).slice(0, -9),
  ])
    assert.equal(await checkTranscript(nodeSuite, text), null)
  const file = JSON.parse(await storySaved())
  for (const entry of [{}, { header: '!', signature: '', salt: null, content: null }, 5, null])
    assert.equal(await checkTranscript(nodeSuite, JSON.stringify({ ...file, entries: [entry] })), null)
  for (const change of [{ room: 'x'.repeat(129) }, { exportedAt: 'today' }, { exportedAt: `1970-01-01\nAll is well.` }])
    assert.equal(await checkTranscript(nodeSuite, JSON.stringify({ ...file, ...change })), null)
})
