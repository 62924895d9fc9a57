/** STUN requests for tests, good ones and others. */
import { randomBytes } from 'node:crypto'
import { type Attribute, BINDING_REQUEST, writeStun } from '../stun-message.ts'

/** An attribute that holds nothing of sense. */
export const attribute = (type: number, length = 4): Attribute => ({ type, value: Buffer.alloc(length, 7) })

/** A Binding request. */
export function request(attributes: Attribute[] = [], fingerprint = false, type = BINDING_REQUEST): Buffer {
  return writeStun({ type, transaction: randomBytes(12), attributes, fingerprint })
}

/** Numbers from 0 to below `below`, the same in every run. */
export function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A well-formed request with something done to it, or bytes without sense. */
export function mutant(roll: (below: number) => number): Buffer {
  const types = [3, 0x24, 0x25, 0x27, 8, 0x1c, 6, 0x8022, 0x8028, roll(0x10000)]
  const attributes = Array.from({ length: roll(12) }, () =>
    attribute(types[roll(types.length)] ?? 0, roll(roll(4) === 0 ? 80 : 6)),
  )
  let datagram = request(attributes, roll(2) === 0, roll(4) === 0 ? roll(0x10000) : BINDING_REQUEST)
  for (let changes = roll(4); changes > 0; changes--) {
    const where = roll(datagram.length)
    const kind = roll(5)
    if (kind === 0) datagram = datagram.subarray(0, where)
    else if (kind === 1) datagram = Buffer.concat([datagram, randomBytes(roll(40))])
    else if (kind === 2)
      datagram = Buffer.concat([datagram.subarray(0, where), datagram.subarray(roll(datagram.length))])
    else if (kind === 3) datagram = randomBytes(roll(600))
    else if (datagram.length > 0) datagram[where] = roll(256)
  }
  return datagram
}
