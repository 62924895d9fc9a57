import { randomBytes } from '../crypto/bytes.ts'
export const MAX_NAME = 40
const A = ['Quiet', 'Amber', 'Brave'],
  B = ['Otter', 'Heron', 'Lynx']
const pick = (list: string[], random = randomBytes) => list[(random(1)[0] ?? 0) % list.length] ?? ''
export const pickName = (): string => `${pick(A)} ${pick(B)}`
export const pickRoomName = (): string => `${pick(A)}-${pick(B)}`.toLowerCase()
export const cleanName = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
