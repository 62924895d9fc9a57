/**
 * The vectors are frozen: links and stored logs depend on them. They were computed independently, with Python's hashlib,
 * hmac and unicodedata:
 *
 *     def hkdf(secret, info):
 *         extracted = hmac.new(bytes(32), secret, 'sha256').digest()
 *         return hmac.new(extracted, info + b'\1', 'sha256').digest()
 *     def pbkdf2(password, salt): return hashlib.pbkdf2_hmac('sha256', password, salt, 600000, 32)
 *     key = bytes(range(16))
 *     secret = key                                                                             # with a key
 *     secret = key + pbkdf2(normalize('NFKC', password).encode(), key)                         # and a password
 *     secret = pbkdf2(normalize('NFC', name).strip().lower().encode(), b'earshot open room 1') # open
 *     hkdf(secret, b'earshot topic 1'), hkdf(secret, b'earshot envelope 1')
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from './bytes.ts'
import { nodeSuite } from './node.ts'
import { deriveSecrets } from './secrets.ts'
import { createSubtleSuite } from './subtle.ts'
import type { Suite } from './suite.ts'

const key = Uint8Array.from({ length: 16 }, (_, i) => i)

const derive = async (room: Parameters<typeof deriveSecrets>[1], suite: Suite = createSubtleSuite()) => {
  const { topic, envelopeKey } = await deriveSecrets(suite, room)
  return [toHex(topic), toHex(envelopeKey)]
}

/** One round instead of 600,000, for what doesn't depend on their number. */
const quick: Suite = { ...nodeSuite, pbkdf2: (password, salt) => nodeSuite.pbkdf2(password, salt, 1) }

test('the secrets of a room with a key are the frozen ones, whatever its name', async () => {
  const expected = [
    'a1bc919d1cfaca7b78987669c7b035fc23b3a1caf3829fcab7b808799d0c9499',
    'b5c1e8b045fe52583ec7a657296315e4c8e717d3a314729c88d534ebc19a0cd4',
  ]
  assert.deepEqual(await derive({ name: 'amber-harbour', key }), expected)
  assert.deepEqual(await derive({ name: 'renamed', key }), expected)
})

test('the secrets of a room with a key and a password are the frozen ones', async () => {
  assert.deepEqual(await derive({ name: 'amber-harbour', key, password: 'ﬁsh & ＣＨＩＰＳ é' }), [
    'ce92e34b5d153fd7ae5b14b3da40d970661c45f11ddec8a6b0221537a960f938',
    '7724659683414e1343c07c5ea495ca2b46924dac6b935537663bed2b4bb4b116',
  ])
})

test('the secrets of an open room are the frozen ones', async () => {
  assert.deepEqual(await derive({ name: ' Cafe\u0301 ΟΔΟΣ ', key: null }), [
    '1c926f6fdac93f5e290531f75d75693b39b76895a563602925753202e18047c0',
    '91a29c4dec22d91dc1331269e92669838b564072b591fdaa5684914acc3ad5f4',
  ])
})

test('an open room is the same however its name is written', async () => {
  const expected = await derive({ name: 'Café', key: null }, quick)
  for (const name of ['café', ' CAFÉ ', 'CAFE\u0301', '\u00a0cafe\u0301\n'])
    assert.deepEqual(await derive({ name, key: null }, quick), expected)
  assert.notDeepEqual(await derive({ name: 'cafe', key: null }, quick), expected)
})

test('a password is the same however it is composed, but not in another case or with spaces around it', async () => {
  const expected = await derive({ name: 'x', key, password: 'Ｃafé' }, quick)
  assert.deepEqual(await derive({ name: 'x', key, password: 'Cafe\u0301' }, quick), expected)
  for (const password of ['café', ' Café', '', undefined])
    assert.notDeepEqual(
      await derive({ name: 'x', key, ...(password === undefined ? {} : { password }) }, quick),
      expected,
    )
})

test('an open room takes 600,000 rounds, and so does a password', async () => {
  const rounds: number[] = []
  const counting: Suite = {
    ...nodeSuite,
    pbkdf2(password, salt, count) {
      rounds.push(count)
      return nodeSuite.pbkdf2(password, salt, 1)
    },
  }
  await deriveSecrets(counting, { name: 'x', key: null })
  await deriveSecrets(counting, { name: 'x', key, password: 'y' })
  await deriveSecrets(counting, { name: 'x', key })
  assert.deepEqual(rounds, [600_000, 600_000])
})
