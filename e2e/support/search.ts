/** Searches bytes for secrets, in all the ways in which a program may have written them down. */

/** What to search for, by a name for it that a failure may show. */
export type Secrets = Readonly<Record<string, string | Uint8Array>>

export interface Hit {
  readonly secret: string
  readonly encoding: string
  readonly where?: string
}

/** Shorter ones are found in random bytes. */
const SHORTEST_BYTES = 6

/**
 * What base64 makes of these bytes wherever they stand in a longer text: one string for each of the three alignments,
 * without the characters that depend on the neighbours.
 */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const first = Math.ceil((before * 8) / 6)
    const end = Math.floor(((before + bytes.length) * 8) / 6)
    return text.slice(first, end)
  })
}

/** Every way to write a text as text. */
function textForms(text: string): Map<string, string> {
  const json = JSON.stringify(text).slice(1, -1)
  const ascii = json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return new Map([
    ['text', text],
    ['lower case', text.toLowerCase()],
    ['JSON', json],
    ['JSON in ASCII', ascii],
    ['percent-encoded', encodeURIComponent(text)],
    ['form-encoded', new URLSearchParams({ '': text }).toString().slice(1)],
  ])
}

/** Every way to write bytes, by its name. */
function byteForms(bytes: Uint8Array, name: string): [string, Buffer][] {
  const hex = Buffer.from(bytes).toString('hex')
  const base64 = base64Forms(bytes)
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [
    [name, Buffer.from(bytes)],
    [`${name} in hex`, Buffer.from(hex)],
    [`${name} in upper-case hex`, Buffer.from(hex.toUpperCase())],
    ...base64.map((text): [string, Buffer] => [`${name} in base64`, Buffer.from(text)]),
    ...url.map((text): [string, Buffer] => [`${name} in base64url`, Buffer.from(text)]),
  ]
}

/** Every way to write a secret down, by its name. @throws RangeError when it is too short to be searched for */
export function encodings(secret: string | Uint8Array): [string, Buffer][] {
  if (Buffer.byteLength(secret) < SHORTEST_BYTES)
    throw new RangeError(`A secret of fewer than ${SHORTEST_BYTES} bytes is found everywhere.`)
  if (typeof secret !== 'string') return byteForms(secret, 'bytes')
  return [...textForms(secret)].flatMap(([name, text]) => [
    ...byteForms(Buffer.from(text), name),
    ...byteForms(Buffer.from(text, 'utf16le'), `${name} in UTF-16`),
  ])
}

/** Which of the secrets stand in these bytes, and how they are written there. */
export function search(bytes: Buffer, secrets: Secrets): Hit[] {
  return Object.entries(secrets).flatMap(([secret, value]) =>
    encodings(value)
      .filter(([, form]) => bytes.includes(form))
      .map(([encoding]) => ({ secret, encoding })),
  )
}
