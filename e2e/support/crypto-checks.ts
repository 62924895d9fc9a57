/** What every suite must give, to be run inside a browser. Node's own tests of the same are in client/crypto. */
import { type Bytes, concat, fromHex, randomBytes, toHex, utf8 } from '../../client/crypto/bytes.ts'
import { PKCS8_PREFIX } from '../../client/crypto/ed25519.ts'
import { createNobleSuite, nobleIdentity } from '../../client/crypto/noble.ts'
import { createSubtleSuite, hasCrypto, identityOf } from '../../client/crypto/subtle.ts'
import type { Suite } from '../../client/crypto/suite.ts'
import { EDGE_CASES, SIGNATURES } from '../../client/crypto/vectors.ts'

function hex(text: string): Bytes {
  const bytes = fromHex(text)
  if (!bytes) throw new Error('bad hex')
  return bytes
}

async function subtleIdentity(seed: Bytes, author: Bytes) {
  const privateKey = await crypto.subtle.importKey('pkcs8', concat(PKCS8_PREFIX, seed), 'Ed25519', false, ['sign'])
  const publicKey = await crypto.subtle.importKey('raw', author, 'Ed25519', true, ['verify'])
  return identityOf({ privateKey, publicKey })
}

/** Runs all that this browser has, alone and against each other. Gives how much held, and what did not. */
export async function checkSuites(): Promise<{ held: number; broken: string[] }> {
  let held = 0
  const broken: string[] = []
  const expect = (what: string, is: boolean) => (is ? held++ : broken.push(what))
  const suites: [string, Suite][] = [['noble', createNobleSuite()]]
  if (await hasCrypto()) suites.push(['crypto.subtle', createSubtleSuite()])

  for (const [name, suite] of suites) {
    for (const [seed, author, message, signature] of SIGNATURES) {
      const signer =
        name === 'noble' ? nobleIdentity(hex(seed)) : await subtleIdentity(hex(seed), nobleIdentity(hex(seed)).author)
      expect(`${name} signs ${message}`, toHex(await signer.sign(hex(message))) === signature)
      expect(`${name} verifies ${message}`, await suite.verify(hex(author), hex(signature), hex(message)))
    }
    for (const [what, message, author, signature, accepted] of EDGE_CASES)
      expect(`${name}: ${what}`, (await suite.verify(hex(author), hex(signature), hex(message))) === accepted)
  }
  for (let length = 0; length < 20; length++) {
    const [key, nonce, text] = [randomBytes(32), randomBytes(12), randomBytes(length * 9)]
    const results = await Promise.all(
      suites.map(async ([, suite]) =>
        [
          await suite.sha256(text),
          await suite.hkdf(text, 'earshot'),
          await suite.pbkdf2(text, utf8('salt'), 3),
          await suite.seal(key, nonce, text, text),
        ].map(toHex),
      ),
    )
    expect(`${length}: all give the same`, new Set(results.map(String)).size === 1)
  }
  return { held, broken }
}
