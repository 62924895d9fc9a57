import type { Bytes } from '../crypto/bytes.ts'
import { type Ends, fingerprintOf, signHello, verifyHello } from '../crypto/hello.ts'
import type { RoomSecrets } from '../crypto/secrets.ts'
import type { Identity, Suite } from '../crypto/suite.ts'
import type { Visit } from '../crypto/visit.ts'
import type { Handshake } from './link-options.ts'

/** Who says a hello, and in which room. */
export interface Speaker {
  readonly suite: Suite
  readonly identity: Identity
  readonly secrets: RoomSecrets
  readonly visit: Visit
  /** One's name now. */
  name(): string
}

/** The hellos of a link whose `other` end, its peer id, need be known only once the connection is up. */
export function handshakeWithLater(speaker: Speaker, other: () => Bytes | null): Handshake {
  const handshake = () => {
    const peer = other()
    return peer && handshakeWith(speaker, peer)
  }
  return {
    make: async (descriptions) => (await handshake()?.make(descriptions)) ?? null,
    verify: async (hello, descriptions) => (await handshake()?.verify(hello, descriptions)) ?? false,
  }
}

/** The hellos of a link to the visit `other` (its peer id, 16 bytes). */
export function handshakeWith({ suite, identity, secrets, visit, name }: Speaker, other: Bytes): Handshake {
  const me = visit.peer
  const ends = (sender: Bytes, senderSdp: string, receiver: Bytes, receiverSdp: string): Ends | null => {
    const senderFingerprint = fingerprintOf(senderSdp)
    const receiverFingerprint = fingerprintOf(receiverSdp)
    if (!senderFingerprint || !receiverFingerprint) return null
    return { topic: secrets.topic, sender, senderFingerprint, receiver, receiverFingerprint }
  }
  return {
    async make({ local, remote }) {
      const mine = ends(me, local, other, remote)
      return mine && signHello(suite, identity, visit, name(), mine)
    },
    async verify(hello, { local, remote }) {
      const theirs = ends(other, remote, me, local)
      return theirs !== null && verifyHello(suite, hello, theirs)
    },
  }
}
