import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { randomBytes } from '../crypto/bytes.ts'
import { nodeSuite as suite } from '../crypto/node.ts'
import type { Brief } from './brief.ts'
import { type CodeContent, readCode, writeCode } from './invite-code.ts'

const SECRETS = { topic: new Uint8Array(32).fill(1), envelopeKey: new Uint8Array(32).fill(2) }
const OTHERS = { topic: new Uint8Array(32).fill(3), envelopeKey: new Uint8Array(32).fill(4) }
const BRIEF: Brief = [
  'yCSG',
  'qiP2xRQw93n5RlTlYrpGyoHI',
  new Uint8Array(32).fill(9),
  0,
  '0',
  Array.from({ length: 12 }, (_, i) => [8, randomBytes(16), 50_000 + i, 2_113_937_151]),
]
const INVITE: CodeContent<'invite'> = [randomBytes(16), randomBytes(16), 1_700_000_000_000, BRIEF]
const ANSWER: CodeContent<'answer'> = [randomBytes(16), randomBytes(16), 1_234, BRIEF]
const invite = await writeCode(suite, SECRETS, 'invite', INVITE)
const answer = await writeCode(suite, SECRETS, 'answer', ANSWER)

test('both kinds come back as they were, and fit a QR code that a phone can read', async () => {
  assert.deepEqual(await readCode(suite, SECRETS, 'invite', invite), INVITE)
  assert.deepEqual(await readCode(suite, SECRETS, 'answer', answer), ANSWER)
  for (const code of [invite, answer]) assert.ok(code.length < 1_000, `${code.length}`)
})

test('text around a code, line breaks and quote marks inside it do no harm', async () => {
  const [start, body] = invite.split(':')
  const broken = (invite.match(/.{1,60}/g) ?? []).join('\r\n> ')
  for (const text of [
    `  ${invite}\n`,
    `Hi Cleo, paste this: ${invite} and send me what comes. Thanks!`,
    `“${invite}”`,
    broken,
    `Here:\n\n> ${broken}\n\nSee you`,
    invite.replace('earshot-invite:', 'Earshot-Invite: '),
    `${start}:${[...(body ?? '')].join('\u200b')}`,
  ])
    assert.deepEqual(await readCode(suite, SECRETS, 'invite', text), INVITE, text)
})

test('what is no code of this kind and room is told apart', async () => {
  const read = (text: string, secrets = SECRETS) => readCode(suite, secrets, 'invite', text)
  assert.equal(await read(''), 'none')
  assert.equal(await read('https://chat.example.org/r#standup'), 'none')
  assert.equal(await read(answer), 'other-kind')
  assert.equal(await readCode(suite, SECRETS, 'answer', invite), 'other-kind')
  assert.equal(await read(invite, OTHERS), 'foreign')
  assert.equal(await read(invite, { ...SECRETS, topic: OTHERS.topic }), 'foreign')
  assert.equal(await read('earshot-invite:'), 'damaged')
  assert.equal(await read(invite.slice(0, -1)), 'damaged')
  assert.equal(await read(`${invite.slice(0, 100)} and so on`), 'damaged')
})

test('an answer is no invitation by another name: what is sealed is bound to its kind', async () => {
  assert.equal(await readCode(suite, SECRETS, 'invite', answer.replace('answer', 'invite')), 'foreign')
})

test('what another version made is told as that', async () => {
  const longer: readonly unknown[] = [...INVITE, 'more']
  const odd = await writeCode(suite, SECRETS, 'invite', longer as CodeContent<'invite'>)
  assert.equal(await readCode(suite, SECRETS, 'invite', odd), 'newer')
})

test('no change of a character goes unnoticed', async () => {
  const body = invite.indexOf(':') + 1
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: body, max: invite.length - 1 }),
      fc.constantFrom(...'abyzABYZ0189-_'),
      async (at, character) => {
        fc.pre(invite[at] !== character)
        const changed = invite.slice(0, at) + character + invite.slice(at + 1)
        assert.equal(await readCode(suite, SECRETS, 'invite', changed), 'damaged')
      },
    ),
  )
})

test('no text makes reading reject', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.base64String({ maxLength: 60 }), async (before, after) => {
      const read = await readCode(suite, SECRETS, 'invite', `${before}earshot-invite:${after}`)
      assert.equal(read, 'damaged')
    }),
  )
})
