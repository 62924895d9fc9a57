/** Which pages may open a WebSocket here: browsers don't hold WebSockets to the same-origin policy, so the server must. */
import type { IncomingMessage } from 'node:http'
import { requestHost } from './address.ts'
import type { Settings } from './config.ts'

/**
 * Whether a request's `Origin` (RFC 6454, section 7) may connect: there is none (not a browser), it is the host that was
 * asked for, the public URL, or on the list. The scheme is not compared with this server's, as a proxy may end TLS.
 */
export function mayConnect(
  request: IncomingMessage,
  settings: Pick<Settings, 'trustProxy' | 'publicUrl' | 'allowedOrigins'>,
): boolean {
  const { origin } = request.headers
  if (origin === undefined || settings.allowedOrigins === '*') return true
  if (origin === settings.publicUrl || settings.allowedOrigins.has(origin)) return true
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) return false

  const { protocol, host } = new URL(origin)
  // Read with the origin's scheme, so that a default port written out in `Host` is no difference.
  const asked = `${protocol}//${requestHost(request, settings.trustProxy)}`
  return URL.canParse(asked) && new URL(asked).host === host
}
