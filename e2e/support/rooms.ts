import { randomBytes } from 'node:crypto'

/** The URL of a room that nobody was in yet, at this server. */
export function roomUrl(server: string, name = 'otters'): string {
  return `${server}/r#${encodeURIComponent(name)}/${randomBytes(16).toString('base64url')}`
}
