import type { Refusal } from './attempt-log.ts'

/** What a STUN or TURN server is, and how it is spoken to, as its URL says (RFC 7064, RFC 7065); null for any other URL. */
export function readIceUrl(url: string): Pick<Refusal, 'server' | 'over'> | null {
  const [, scheme, tls, tcp] = /^(stun|turn)(s?):[^?]*(\?transport=tcp)?/i.exec(url) ?? []
  if (!scheme) return null
  return { server: scheme.toLowerCase() === 'stun' ? 'stun' : 'turn', over: tls ? 'tls' : tcp ? 'tcp' : 'udp' }
}
