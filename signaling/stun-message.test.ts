import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  errorCode,
  readStun,
  unknownAttributes,
  writeStun,
  XOR_MAPPED_ADDRESS,
  xorMappedAddress,
} from './stun-message.ts'

const bytes = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')

const TRANSACTION = 'b7e7a701 bc34d686 fa87dfae'

// RFC 5769, sections 2.1 to 2.3.
const REQUEST = bytes(`
  00010058 2112a442 ${TRANSACTION}
  80220010 5354554e 20746573 7420636c 69656e74
  00240004 6e0001ff
  80290008 932ff9b1 51263b36
  00060009 6576746a 3a683676 59202020
  00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2
  80280004 e57a3bcf`)
const RESPONSE_IPV4 = bytes(`
  0101003c 2112a442 ${TRANSACTION}
  8022000b 74657374 20766563 746f7220
  00200008 0001a147 e112a643
  00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7
  80280004 c07d4c96`)
const RESPONSE_IPV6 = bytes(`
  01010048 2112a442 ${TRANSACTION}
  8022000b 74657374 20766563 746f7220
  00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9
  00080014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41
  80280004 c8fb0b4c`)

test('the request of RFC 5769 is read whole, its fingerprint is right', () => {
  const message = readStun(REQUEST)
  assert.equal(message?.type, 0x0001)
  assert.equal(message.fingerprint, true)
  assert.deepEqual(message.transaction, bytes(TRANSACTION))
  assert.deepEqual(
    message.attributes.map(({ type, value }) => [type, value.length]),
    [
      [0x8022, 16],
      [0x0024, 4],
      [0x8029, 8],
      [0x0006, 9],
      [0x0008, 20],
    ],
  )
  assert.equal(message.attributes[3]?.value.toString(), 'evtj:h6vY')
})

for (const [name, datagram, address] of [
  ['IPv4', RESPONSE_IPV4, '192.0.2.1'],
  ['IPv6', RESPONSE_IPV6, '2001:db8:1234:5678:11:2233:4455:6677'],
] as const)
  test(`the ${name} response of RFC 5769 is read, and its XOR-MAPPED-ADDRESS is what is written here`, () => {
    const message = readStun(datagram)
    assert.equal(message?.type, 0x0101)
    const mapped = message.attributes.find(({ type }) => type === XOR_MAPPED_ADDRESS)
    assert.deepEqual(xorMappedAddress(address, 32853, message.transaction), mapped)
  })

test('what is read and written again is the same bytes, fingerprint and all', () => {
  // RFC 5769 pads with spaces, which readers ignore; written here are zeros, under another fingerprint.
  const again = writeStun(readStun(REQUEST) ?? assert.fail())
  assert.equal(again.length, REQUEST.length)
  assert.deepEqual(readStun(again), readStun(REQUEST))
  const bare = { ...(readStun(REQUEST) ?? assert.fail()), attributes: [], fingerprint: false }
  assert.deepEqual(writeStun(bare), bytes(`00010000 2112a442 ${TRANSACTION}`))
})

test('an address is mapped by its family, however the system writes it', () => {
  const transaction = bytes(TRANSACTION)
  const plain = xorMappedAddress('192.0.2.1', 1, transaction)
  assert.deepEqual(xorMappedAddress('::ffff:192.0.2.1', 1, transaction), plain)
  assert.equal(xorMappedAddress('fe80::1%eth0', 1, transaction)?.value.length, 20)
  assert.equal(xorMappedAddress('nowhere', 1, transaction), null)
})

test('an error is its class and number, unknown attributes are filled up to four bytes', () => {
  const attributes = [errorCode(420), unknownAttributes([0x24, 0x25, 3])]
  const message = writeStun({ type: 0x0111, transaction: bytes(TRANSACTION), attributes, fingerprint: false })
  assert.deepEqual(message, bytes(`01110014 2112a442 ${TRANSACTION} 00090004 00000414 000a0006 00240025 00030000`))
})

/** The request of RFC 5769, with one thing changed. */
function changed(change: (datagram: Buffer) => Buffer | undefined): Buffer {
  const copy = Buffer.from(REQUEST)
  return change(copy) ?? copy
}

const put =
  (offset: number, ...values: number[]) =>
  (datagram: Buffer) => {
    datagram.set(values, offset)
    return undefined
  }

const NO_STUN: [name: string, datagram: Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['half a header', REQUEST.subarray(0, 19)],
  ['no magic cookie (RFC 3489)', changed(put(4, 0))],
  ['a first byte of DTLS or RTP', changed(put(0, 0x80))],
  ['a length that is not a multiple of four', changed(put(3, 0x57))],
  ['less than it says', REQUEST.subarray(0, -4)],
  ['more than it says', Buffer.concat([REQUEST, Buffer.alloc(4)])],
  ['an attribute that reaches beyond the end', changed(put(22, 0xff, 0xff))],
  ['a wrong fingerprint', changed(put(REQUEST.length - 1, 0))],
  ['a change that the fingerprint shows', changed(put(30, 0))],
  [
    'a fingerprint that is not the last',
    changed((it) => Buffer.concat([it.subarray(0, 2), bytes('005c'), it.subarray(4), bytes('80220000')])),
  ],
  ['a fingerprint of another length', bytes(`00010004 2112a442 ${TRANSACTION} 80280000`)],
]
for (const [name, datagram] of NO_STUN)
  test(`no STUN: ${name}`, () => {
    assert.equal(readStun(datagram), null)
  })
