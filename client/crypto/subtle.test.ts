import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Bytes, concat, fromHex, randomBytes, toHex, utf8 } from './bytes.ts'
import { nodeIdentity, nodeSuite } from './node.ts'
import { createKeyPair, createSubtleSuite, hasCrypto, identityOf } from './subtle.ts'

const suite = createSubtleSuite()

function hex(text: string): Bytes {
  const bytes = fromHex(text)
  assert.ok(bytes, 'the test has bad hex')
  return bytes
}

/** RFC 8032, section 7.1: seed, public key, message, signature. */
const signatures = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const

async function subtleIdentity(seed: Bytes, author: Bytes) {
  const pkcs8 = concat(hex('302e020100300506032b657004220420'), seed)
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
  const publicKey = await crypto.subtle.importKey('raw', author, 'Ed25519', true, ['verify'])
  return identityOf({ privateKey, publicKey })
}

test('SHA-256 of "abc" is that of FIPS 180-4', async () => {
  assert.equal(
    toHex(await suite.sha256(utf8('abc'))),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

test('HKDF with an empty salt gives test case 3 of RFC 5869', async () => {
  assert.equal(
    toHex(await suite.hkdf(hex('0b'.repeat(22)), '')),
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d',
  )
})

test('PBKDF2 gives the vectors of RFC 7914, section 11', async () => {
  assert.equal(
    toHex(await suite.pbkdf2(utf8('passwd'), utf8('salt'), 1)),
    '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc',
  )
  assert.equal(
    toHex(await suite.pbkdf2(utf8('Password'), utf8('NaCl'), 80_000)),
    '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56',
  )
})

test('AES-256-GCM gives test cases 13 and 16 of the GCM specification', async () => {
  const zeros = new Uint8Array(32)
  const empty = new Uint8Array()
  assert.equal(
    toHex(await suite.seal(zeros, new Uint8Array(12), empty, empty)),
    '530f8afbc74536b9a963b4f1c4cb738b', // the tag alone
  )
  const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308')
  const nonce = hex('cafebabefacedbaddecaf888')
  const additional = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2')
  const plaintext = hex(
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  )
  const sealed = await suite.seal(key, nonce, additional, plaintext)
  assert.equal(
    toHex(sealed),
    '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b',
  )
  assert.deepEqual(await suite.open(key, nonce, additional, sealed), plaintext)
})

test('Ed25519 gives the signatures of RFC 8032, and accepts them', async () => {
  for (const [seed, author, message, signature] of signatures) {
    const identity = await subtleIdentity(hex(seed), hex(author))
    assert.equal(toHex(identity.author), author)
    assert.equal(toHex(await identity.sign(hex(message))), signature)
    assert.equal(await suite.verify(hex(author), hex(signature), hex(message)), true)
  }
})

test('every primitive agrees with node:crypto', async () => {
  const bytes = (constraints: fc.IntArrayConstraints) =>
    fc.uint8Array(constraints).map((array) => new Uint8Array(array))
  await fc.assert(
    fc.asyncProperty(
      bytes({ minLength: 32, maxLength: 32 }),
      bytes({ maxLength: 300 }),
      bytes({ maxLength: 80 }),
      async (key, message, additional) => {
        const nonce = randomBytes(12)
        assert.deepEqual(await suite.sha256(message), nodeSuite.sha256(message))
        assert.deepEqual(await suite.hkdf(message, toHex(additional)), nodeSuite.hkdf(message, toHex(additional)))
        assert.deepEqual(await suite.pbkdf2(message, additional, 3), nodeSuite.pbkdf2(message, additional, 3))
        const sealed = await suite.seal(key, nonce, additional, message)
        assert.deepEqual(sealed, nodeSuite.seal(key, nonce, additional, message))
        assert.deepEqual(await nodeSuite.open(key, nonce, additional, sealed), message)
        const other = nodeIdentity(key)
        const identity = await subtleIdentity(key, other.author)
        const signature = await identity.sign(message)
        assert.deepEqual(signature, other.sign(message))
        assert.equal(nodeSuite.verify(identity.author, signature, message), true)
        assert.equal(await suite.verify(other.author, signature, message), true)
      },
    ),
    { numRuns: 50 },
  )
})

test('nothing opens with another key, nonce or additional data, or when a byte was altered or cut off', async () => {
  const key = randomBytes(32)
  const nonce = randomBytes(12)
  const additional = utf8('to you')
  const sealed = await suite.seal(key, nonce, additional, utf8('hello'))
  assert.equal(await suite.open(randomBytes(32), nonce, additional, sealed), null)
  assert.equal(await suite.open(key, randomBytes(12), additional, sealed), null)
  assert.equal(await suite.open(key, nonce, utf8('to me'), sealed), null)
  for (let i = 0; i < sealed.length; i++) {
    const altered = sealed.map((byte, place) => (place === i ? byte ^ 1 : byte))
    assert.equal(await suite.open(key, nonce, additional, altered), null)
    assert.equal(await suite.open(key, nonce, additional, sealed.slice(0, i)), null)
  }
  assert.deepEqual(await suite.open(key, nonce, additional, sealed), utf8('hello'))
})

test('verify is false, never an error, for malformed keys and signatures of any length', async () => {
  const { author, sign } = nodeIdentity()
  const message = utf8('hi')
  const signature = await sign(message)
  for (const length of [0, 1, 31, 33, 64]) {
    assert.equal(await suite.verify(randomBytes(length), signature, message), false)
    assert.equal(await suite.verify(author, signature.slice(0, length - 1), message), false)
  }
  assert.equal(await suite.verify(new Uint8Array(32).fill(0xff), signature, message), false)
  assert.equal(await suite.verify(author, concat(signature, Uint8Array.of(0)), message), false)
  assert.equal(await suite.verify(author, signature, utf8('ho')), false)
  // The other of the two numbers that fit, which RFC 8032, section 5.1.7, refuses: s + the group's order.
  const order = hex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')
  let carry = 0
  const malleable = signature.map((byte, i) => {
    if (i < 32) return byte
    carry += byte + (order[i - 32] ?? 0)
    const low = carry & 0xff
    carry >>= 8
    return low
  })
  assert.equal(await suite.verify(author, malleable, message), false)
})

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
