/** The security headers of every answer. */
import type { IncomingMessage } from 'node:http'
import type { FastifyHelmetOptions } from '@fastify/helmet'
import { requestHost } from './address.ts'
import type { Settings } from './config.ts'

/** What a page may do beyond drawing: nothing of what this one does not use. Names that Chromium knows; it warns of others. */
const UNUSED_FEATURES = [
  'accelerometer',
  'browsing-topics',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'sync-xhr',
  'usb',
  'xr-spatial-tracking',
]

/** Value of `Permissions-Policy`: each unused feature for nobody, the camera for the page itself, to scan codes. */
export const PERMISSIONS_POLICY = ['camera=(self)', ...UNUSED_FEATURES.map((feature) => `${feature}=()`)].join(', ')

/** A host that CSP can name (CSP Level 3, section 2.3.1, host-source): no IPv6 address, and no more than one value. */
const NAMEABLE_HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i

/**
 * The WebSockets of the page's own host. CSP Level 3 has them in `'self'`, and Chromium and Firefox do as it says, but Safari
 * only from 16 on; 15.4 is to work.
 */
function ownWebSockets(request: IncomingMessage, settings: Settings): string {
  const host = requestHost(request, settings.trustProxy)
  return NAMEABLE_HOST.test(host) ? `ws://${host} wss://${host}` : ''
}

/** Whether the page is what browsers call trustworthy, as far as one can tell here: https, or this very machine. */
export function isTrustworthy(request: IncomingMessage, protocol: string, settings: Settings): boolean {
  if (protocol === 'https' || settings.publicUrl?.startsWith('https:') === true) return true
  // Browsers send it to trustworthy addresses only (Fetch Metadata, section 2): a proxy ended TLS and is not trusted.
  if (request.headers['sec-fetch-mode'] !== undefined) return true
  return /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/i.test(requestHost(request, settings.trustProxy))
}

/** Options of @fastify/helmet. Headers that depend on whether the page is trustworthy are left to the server's own hook. */
export function helmetOptions(settings: Settings): FastifyHelmetOptions {
  const https = settings.publicUrl?.startsWith('https:') === true
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'"],
        'connect-src': [(request) => `'self' ${ownWebSockets(request, settings)}`.trim()],
        'media-src': ["'self'", 'blob:'],
        'worker-src': ["'self'"],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
        'require-trusted-types-for': ["'script'"],
        // For the worker that stretches passwords where there is no crypto.subtle.
        'trusted-types': ['earshot'],
        ...(https && { 'upgrade-insecure-requests': [] }),
      },
    },
    strictTransportSecurity: https,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
  }
}
