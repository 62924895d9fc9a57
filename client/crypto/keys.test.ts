import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex, utf8 } from './bytes.ts'
import { KeyError } from './keys.ts'
import { createNobleSuite } from './noble.ts'
import { createNobleKeys } from './noble-keys.ts'
import { nodeSuite } from './node.ts'
import { createSubtleKeys } from './subtle-keys.ts'

// Stretching in plain JavaScript takes seconds, and gives the same: see suites.test.ts.
const nobleKeys = createNobleKeys(createNobleSuite(async (...args) => nodeSuite.pbkdf2(...args)))
const subtleKeys = createSubtleKeys()
const IMPLEMENTATIONS = [
  ['crypto.subtle', subtleKeys],
  ['noble', nobleKeys],
] as const
const PASSWORD = 'correct horse'

const fails = (code: KeyError['code']) => (error: unknown) => error instanceof KeyError && error.code === code

for (const [name, keys] of IMPLEMENTATIONS) {
  test(`${name}: a new identity signs, and opens again as the same`, async () => {
    const kept = await keys.create()
    const [one, two] = [await keys.open(kept), await keys.open(structuredClone(kept))]
    assert.deepEqual(one.author, two.author)
    assert.ok(await nodeSuite.verify(one.author, await two.sign(utf8('me')), utf8('me')))
    assert.notDeepEqual((await keys.open(await keys.create())).author, one.author)
  })

  test(`${name}: a locked identity opens with its password, on every platform, and with no other`, async () => {
    const kept = await keys.create()
    const { author } = await keys.open(kept)
    const file = await keys.lock(kept, PASSWORD)
    for (const [, other] of IMPLEMENTATIONS) {
      assert.deepEqual((await other.open(await other.unlock(file, PASSWORD))).author, author)
      await assert.rejects(other.unlock(file, `${PASSWORD}r`), fails('password'))
    }
    // The same letters, in another Unicode form.
    const accented = await keys.lock(kept, 'Größe und Güte')
    assert.ok(await keys.unlock(accented, 'Größe und Güte'.normalize('NFD')))
    assert.ok(!file.includes(toHex(author)))
  })

  test(`${name}: a file that was changed, or never was one, is said to be damaged`, async () => {
    const file = await keys.lock(await keys.create(), PASSWORD)
    const { author } = JSON.parse(await keys.lock(await keys.create(), PASSWORD))
    for (const text of [
      '',
      'null',
      '{}',
      file.slice(0, -20),
      file.replace('600000', '1'),
      file.replace('600000', '1e9'),
    ])
      await assert.rejects(keys.unlock(text, PASSWORD), fails('damaged'), text)
    const swapped = JSON.stringify({ ...JSON.parse(file), author })
    await assert.rejects(keys.unlock(swapped, PASSWORD), fails('password'))
  })

  test(`${name}: a short password locks nothing, and what is no key doesn’t open`, async () => {
    await assert.rejects(keys.lock(await keys.create(), 'short'), fails('weak-password'))
    for (const kept of [undefined, null, {}, { seed: new Uint8Array(31) }, { publicKey: 1, privateKey: 2 }])
      await assert.rejects(keys.open(kept), fails('damaged'))
  })
}

test('with crypto.subtle no part of what is kept can be read out, and none of it holds the private key', async () => {
  const kept = await subtleKeys.create()
  assert.ok(kept && typeof kept === 'object' && 'privateKey' in kept && 'backup' in kept)
  const { privateKey, backup } = kept
  assert.ok(privateKey instanceof CryptoKey && !privateKey.extractable)
  assert.ok(backup && typeof backup === 'object' && 'key' in backup && backup.key instanceof CryptoKey)
  assert.ok(!backup.key.extractable && !backup.key.usages.includes('decrypt'))
})

test('an identity of the first version opens, and says that it can’t be exported', async () => {
  const old = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  assert.ok((await subtleKeys.open(old)).author)
  await assert.rejects(subtleKeys.lock(old, PASSWORD), fails('not-exportable'))
})
