import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as v from 'valibot'
import { signHello, verifyHello } from '../crypto/hello.ts'
import { decode, encode } from '../crypto/msgpack.ts'
import { nodeIdentity, nodeSuite as suite } from '../crypto/node.ts'
import { createVisit } from '../crypto/visit.ts'
import { frameSchema } from './frame.ts'

const fingerprint = (byte: string) => `sha-256 ${Array.from({ length: 32 }, () => byte).join(':')}`

test('with any bit flipped on the wire, a hello is refused: it is none, or proves nothing', async () => {
  const identity = nodeIdentity()
  const topic = new Uint8Array(32).fill(7)
  const visit = await createVisit(suite, topic, identity.author)
  const { peer: receiver } = await createVisit(suite, topic, nodeIdentity().author)
  const ends = {
    topic,
    sender: visit.peer,
    senderFingerprint: fingerprint('AA'),
    receiver,
    receiverFingerprint: fingerprint('BB'),
  }
  const sent = encode({ type: 'hello', hello: await signHello(suite, identity, visit, 'Ada', ends) })
  const proves = async (data: Uint8Array<ArrayBuffer>): Promise<boolean> => {
    let value: unknown
    try {
      value = decode(data)
    } catch {
      return false
    }
    const parsed = v.safeParse(frameSchema, value)
    return parsed.success && parsed.output.type === 'hello' && verifyHello(suite, parsed.output.hello, ends)
  }
  assert.equal(await proves(sent), true)
  for (let bit = 0; bit < sent.length * 8; bit++) {
    const altered = sent.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    assert.equal(await proves(altered), false, `bit ${bit}`)
  }
})
