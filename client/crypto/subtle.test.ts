import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomBytes, utf8 } from './bytes.ts'
import { nodeIdentity } from './node.ts'
import { createKeyPair, createSubtleSuite, hasCrypto, identityOf } from './subtle.ts'

const suite = createSubtleSuite()

test('a key is imported once, and the cache of authors keeps its bound', async () => {
  let imports = 0
  const { subtle } = crypto
  const counting = new Proxy(subtle, {
    get(target, property) {
      if (property === 'importKey') imports++
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const counted = createSubtleSuite(counting)
  const { author, sign } = nodeIdentity()
  const message = utf8('hi')
  const signature = await sign(message)
  const key = randomBytes(32)
  for (let i = 0; i < 5; i++) {
    assert.equal(await counted.verify(author, signature, message), true)
    assert.ok(
      await counted.open(
        key,
        new Uint8Array(12),
        message,
        await counted.seal(key, new Uint8Array(12), message, message),
      ),
    )
  }
  assert.equal(imports, 2)
  const others = Array.from({ length: 600 }, () => nodeIdentity().author)
  for (const [i, other] of others.entries()) {
    assert.equal(await counted.verify(other, signature, message), false)
    if (i === 300) assert.equal(await counted.verify(author, signature, message), true)
  }
  assert.equal(await counted.verify(author, signature, message), true)
  assert.equal(imports, 602, 'the one in use stayed')
  for (const other of others.slice(0, 10)) assert.equal(await counted.verify(other, signature, message), false)
  assert.equal(imports, 612, 'those that were not used for longest were forgotten')
})

test('a new key pair signs, and its private key can not be read out', async () => {
  const pair = await createKeyPair()
  assert.equal(pair.privateKey.extractable, false)
  await assert.rejects(crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const identity = await identityOf(pair)
  assert.equal(identity.author.length, 32)
  assert.equal(await suite.verify(identity.author, await identity.sign(utf8('me')), utf8('me')), true)
})

test('hasCrypto tells whether Ed25519 works, and never rejects', async (t) => {
  assert.equal(await hasCrypto(), true)
  t.mock.getter(crypto, 'subtle', () => undefined)
  assert.equal(await hasCrypto(), false)
})
