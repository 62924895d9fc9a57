/** Room URLs: `/r#<name>[/<key>][?<options>]`. All of it is behind the `#`, which no browser sends to a server. */
import { SIGNAL_PATH } from '../../signaling/protocol.ts'
import { type Bytes, fromBase64url, toBase64url } from '../crypto/bytes.ts'
import {
  brokenKeyText,
  invisibleRoomNameText,
  longRoomNameText,
  noRoomNameText,
  unreadableNameText,
} from '../texts/link-fault-text.ts'

/** What a room URL says. */
export interface RoomAddress {
  /** NFC, 1 to 64 characters. */
  readonly name: string
  /** 16 bytes, or null for an open room. */
  readonly key: Bytes | null
  /** A password is asked for, on top of the key. */
  readonly password: boolean
  /** Connections go through relays only. */
  readonly relay: boolean
  /** Id of the entry that a permalink points at, in hex. */
  readonly message: string | null
}

/** Why a URL is no room's: a code for programs, a sentence for people. */
export interface RoomUrlFault {
  readonly code: 'bad-name' | 'bad-key'
  readonly message: string
}

export type ParsedRoomUrl =
  | { readonly ok: true; readonly address: RoomAddress }
  | { readonly ok: false; readonly fault: RoomUrlFault }

/** The longest name of a room, in characters (code points). */
export const MAX_ROOM_NAME = 64

const KEY_BYTES = 16

/**
 * What can't be seen or reorders what can. Joiners and variation selectors count where they join or select nothing: emoji
 * are spelled with them, and some scripts; between other letters they would make two rooms that look the same.
 */
const INVISIBLE = new RegExp(
  [
    // Not within an emoji (U+FE0F, U+200D) or a keycap,
    String.raw`(?!(?<=\p{ExtPict})\ufe0f|(?<=[#*0-9])\ufe0f(?=\u20e3)`,
    String.raw`|(?<=\p{ExtPict}\ufe0f?|\p{EMod})\u200d(?=\p{ExtPict})`,
    // nor between Arabic letters, nor after a sign of an Indic script that takes one.
    String.raw`|(?<=\p{sc=Arab})\u200c(?=\p{sc=Arab})|(?<=(?!\p{sc=Zinh})\p{M})[\u200c\u200d](?=(?!\p{DI})\p{L}))`,
    String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{NChar}\u2800]`,
  ].join(''),
  'gu',
)

/** A text without control characters, bidi controls, lone surrogates and all else that can't be seen, white space apart. */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '')

const fault = (code: RoomUrlFault['code'], message: string): ParsedRoomUrl => ({ ok: false, fault: { code, message } })

/** Reads a room URL, absolute or from its `#` on. */
export function parseRoomUrl(url: string): ParsedRoomUrl {
  const hash = url.indexOf('#')
  const [path = '', ...query] = (hash < 0 ? '' : url.slice(hash + 1)).split('?')
  const slash = path.indexOf('/')
  const name = parseName(slash < 0 ? path : path.slice(0, slash))
  if (name === null) return fault('bad-name', unreadableNameText)
  if (name === '') return fault('bad-name', noRoomNameText)
  if ([...name].length > MAX_ROOM_NAME) return fault('bad-name', longRoomNameText(MAX_ROOM_NAME))
  // U+FFFD stands where a character was lost: two rooms would become one.
  if (withoutInvisible(name) !== name || name.includes('\ufffd')) return fault('bad-name', invisibleRoomNameText)
  const key = slash < 0 ? null : fromBase64url(path.slice(slash + 1))
  if (slash >= 0 && key?.length !== KEY_BYTES) return fault('bad-key', brokenKeyText)
  const options = query.join('?').split('&')
  const message = options.map((option) => /^m=([0-9a-f]{64})$/.exec(option)?.[1]).find((id) => id !== undefined)
  return {
    ok: true,
    address: { name, key, password: options.includes('p'), relay: options.includes('relay'), message: message ?? null },
  }
}

function parseName(text: string): string | null {
  try {
    return decodeURIComponent(text).normalize('NFC').trim()
  } catch {
    return null
  }
}

/** The room's URL on `origin`, such as `https://chat.example.org`. Half a surrogate pair in the name becomes U+FFFD. */
export function formatRoomUrl(origin: string, { name, key, password, relay, message }: RoomAddress): string {
  const options = [...(password ? ['p'] : []), ...(relay ? ['relay'] : []), ...(message ? [`m=${message}`] : [])]
  const query = options.length > 0 ? `?${options.join('&')}` : ''
  return `${origin}/r#${encoded(name)}${key ? `/${toBase64url(key)}` : ''}${query}`
}

/** Percent-encoded, with what mail and chat programs take for the end of a link as well. */
const encoded = (name: string): string =>
  encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[!'()*]|\.$/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/**
 * For a URL typed with the room behind `/r/` rather than `/r#`: the same with `#`, from its path on. Null when there is
 * nothing to rewrite. A key typed there moves along, so that the person lands in the room, although the server was sent it.
 */
export function canonicalRoomUrl(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { pathname, search, hash } = new URL(url)
  const room = pathname.startsWith('/r/') ? pathname.slice('/r/'.length).replace(/^\/+|\/+$/g, '') : ''
  // With a fragment, too, that one names the room: `/r/#standup`.
  if (hash.length > 1) return pathname === '/r' || !pathname.startsWith('/r/') ? null : `/r${hash}`
  return room === '' ? null : `/r#${room}${search}`
}

/**
 * The WebSocket URL of the signaling server that belongs to a room URL.
 * @throws TypeError when `url` is not an absolute URL
 */
export function signalUrl(url: string): string {
  const { protocol, host } = new URL(url)
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}${SIGNAL_PATH}`
}
