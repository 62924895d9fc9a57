import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as ed from '@noble/ed25519'
import fc from 'fast-check'
import { type Bytes, concat, fromHex, randomBytes, toHex, utf8 } from './bytes.ts'
import { PKCS8_PREFIX } from './ed25519.ts'
import { createNobleSuite, nobleIdentity } from './noble.ts'
import { nodeIdentity, nodeSuite } from './node.ts'
import { createSubtleSuite, identityOf } from './subtle.ts'
import type { Identity, Suite } from './suite.ts'
import { EDGE_CASES, SIGNATURES } from './vectors.ts'

function hex(text: string): Bytes {
  const bytes = fromHex(text)
  assert.ok(bytes, 'the test has bad hex')
  return bytes
}

async function subtleIdentity(seed: Bytes): Promise<Identity> {
  const privateKey = await crypto.subtle.importKey('pkcs8', concat(PKCS8_PREFIX, seed), 'Ed25519', false, ['sign'])
  const publicKey = await crypto.subtle.importKey('raw', nodeIdentity(seed).author, 'Ed25519', true, ['verify'])
  return identityOf({ privateKey, publicKey })
}

/** Every implementation, and how it makes the identity of a seed. */
const IMPLEMENTATIONS: readonly [string, Suite, (seed: Bytes) => Promise<Identity> | Identity][] = [
  ['crypto.subtle', createSubtleSuite(), subtleIdentity],
  ['noble', createNobleSuite(), nobleIdentity],
  ['node:crypto', nodeSuite, nodeIdentity],
]

for (const [name, suite, identityFor] of IMPLEMENTATIONS) {
  test(`${name}: SHA-256 of "abc" is that of FIPS 180-4`, async () => {
    assert.equal(
      toHex(await suite.sha256(utf8('abc'))),
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  test(`${name}: HKDF with an empty salt gives test case 3 of RFC 5869`, async () => {
    assert.equal(
      toHex(await suite.hkdf(hex('0b'.repeat(22)), '')),
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d',
    )
  })

  test(`${name}: PBKDF2 gives the vectors of RFC 7914, section 11`, async () => {
    assert.equal(
      toHex(await suite.pbkdf2(utf8('passwd'), utf8('salt'), 1)),
      '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc',
    )
    assert.equal(
      toHex(await suite.pbkdf2(utf8('Password'), utf8('NaCl'), 80_000)),
      '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56',
    )
  })

  test(`${name}: AES-256-GCM gives test cases 13 and 16 of the GCM specification`, async () => {
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

  test(`${name}: Ed25519 gives the signatures of RFC 8032, and accepts them`, async () => {
    for (const [seed, author, message, signature] of SIGNATURES) {
      const identity = await identityFor(hex(seed))
      assert.equal(toHex(identity.author), author)
      assert.equal(toHex(await identity.sign(hex(message))), signature)
      assert.equal(await suite.verify(hex(author), hex(signature), hex(message)), true)
    }
  })

  test(`${name}: nothing opens with another key, nonce or additional data, or when a byte was altered or cut off`, async () => {
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

  test(`${name}: verify is false, never an error, for malformed keys and signatures of any length`, async () => {
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

  test(`${name}: the cases that implementations disagree on are judged as everywhere here`, async () => {
    for (const [what, message, author, signature, accepted] of EDGE_CASES)
      assert.equal(await suite.verify(hex(author), hex(signature), hex(message)), accepted, what)
  })
}

test('what one implementation seals and signs all others open and accept, byte for byte the same', async () => {
  const bytes = (constraints: fc.IntArrayConstraints) =>
    fc.uint8Array(constraints).map((array) => new Uint8Array(array))
  await fc.assert(
    fc.asyncProperty(
      bytes({ minLength: 32, maxLength: 32 }),
      bytes({ maxLength: 300 }),
      bytes({ maxLength: 80 }),
      async (key, message, additional) => {
        const nonce = randomBytes(12)
        const results = await Promise.all(
          IMPLEMENTATIONS.map(async ([, suite, identityFor]) => {
            const identity = await identityFor(key)
            return {
              hash: await suite.sha256(message),
              derived: await suite.hkdf(message, toHex(additional)),
              stretched: await suite.pbkdf2(message, additional, 3),
              sealed: await suite.seal(key, nonce, additional, message),
              author: identity.author,
              signature: await identity.sign(message),
            }
          }),
        )
        const [first] = results
        assert.ok(first)
        for (const result of results) assert.deepEqual(result, first)
        for (const [name, suite] of IMPLEMENTATIONS) {
          assert.deepEqual(await suite.open(key, nonce, additional, first.sealed), message, name)
          assert.equal(await suite.verify(first.author, first.signature, message), true, name)
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('keys and points with a part of small order are judged alike by all', async () => {
  const torsion = ed.Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')
  const order = ed.Point.CURVE().n
  let accepted = 0
  for (let i = 1; i <= 40; i++) {
    const [secret, nonce] = [BigInt(1_000 + i), BigInt(77 + i)]
    const author = new Uint8Array(ed.Point.BASE.multiply(secret).add(torsion).toBytes())
    const point = i % 3 ? ed.Point.BASE.multiply(nonce) : ed.Point.BASE.multiply(nonce).add(torsion)
    const r = new Uint8Array(point.toBytes())
    const message = utf8(`message ${i}`)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-512', concat(r, author, message)))
    const k = digest.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n) % order
    let s = (nonce + k * secret) % order
    const signature = concat(
      r,
      Uint8Array.from({ length: 32 }, () => {
        const byte = Number(s & 255n)
        s >>= 8n
        return byte
      }),
    )
    const verdicts = await Promise.all(IMPLEMENTATIONS.map(([, suite]) => suite.verify(author, signature, message)))
    assert.equal(new Set(verdicts).size, 1, `${i}: ${verdicts}`)
    if (verdicts[0]) accepted++
  }
  assert.ok(accepted > 0 && accepted < 40, 'some of them hold without the cofactor')
})
