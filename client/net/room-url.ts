import { SIGNAL_PATH } from '../../signaling/protocol.ts'
import { type Bytes, fromBase64url, toBase64url } from '../crypto/bytes.ts'

export interface RoomAddress {
  readonly name: string
  readonly key: Bytes | null
  readonly password: boolean
  readonly relay: boolean
  readonly message: string | null
}
export type RoomUrlFault = { readonly code: 'bad-name' | 'bad-key'; readonly message: string }

const MAX_ROOM_NAME = 64

export function parseRoomUrl(url: string): { ok: true; address: RoomAddress } | { ok: false; fault: RoomUrlFault } {
  const fragment = url.includes('#') ? url.slice(url.indexOf('#') + 1) : ''
  const [path = '', query = ''] = fragment.split('?', 2)
  const [rawName = '', ...rawKey] = path.split('/')
  let name: string
  try {
    name = decodeURIComponent(rawName).normalize('NFC').trim()
  } catch {
    return { ok: false, fault: { code: 'bad-name', message: 'x' } }
  }
  if (name === '' || [...name].length > MAX_ROOM_NAME) return { ok: false, fault: { code: 'bad-name', message: 'x' } }
  let key: Bytes | null = null
  if (rawKey.length > 0) {
    key = fromBase64url(rawKey.join('/'))
    if (key?.length !== 16) return { ok: false, fault: { code: 'bad-key', message: 'x' } }
  }
  const options = query.split('&')
  return {
    ok: true,
    address: { name, key, password: options.includes('p'), relay: options.includes('relay'), message: null },
  }
}
export function formatRoomUrl(origin: string, a: RoomAddress): string {
  const options = [a.password && 'p', a.relay && 'relay', a.message && `m=${a.message}`].filter(Boolean).join('&')
  return `${origin}/r#${encodeURIComponent(a.name)}${a.key ? `/${toBase64url(a.key)}` : ''}${options ? `?${options}` : ''}`
}
export function canonicalRoomUrl(url: string): string | null {
  const parsed = new URL(url)
  const match = /^\/r\/(.+)$/.exec(parsed.pathname)
  return match && !parsed.hash ? `/r#${match[1]}` : null
}
export const signalUrl = (url: string): string => {
  const { protocol, host } = new URL(url)
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}${SIGNAL_PATH}`
}
