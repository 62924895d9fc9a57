/** The HTTP server: the page, /healthz, and the upgrade to WebSockets. */
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Build } from './build.ts'
import type { Settings } from './config.ts'
import { Faults } from './faults.ts'
import { Gate } from './gate.ts'
import { helmetOptions, isTrustworthy, PERMISSIONS_POLICY } from './headers.ts'
import { IceServers } from './ice-servers.ts'
import { describeError, logOptions } from './logger.ts'
import { nothingHere } from './nothing-here.ts'
import { StunService } from './stun-service.ts'
import { Switchboard } from './switchboard.ts'

/** How long a request may take to come in whole, and a socket be idle within one, in milliseconds. */
const REQUEST_TIMEOUT = 30_000
const IDLE_TIMEOUT = 60_000

/** A server that can be started once. */
export interface Server {
  /**
   * Starts to listen where the settings say. Returns the address that it got.
   * @throws the system's error, with its `code`: EADDRINUSE, EACCES, EADDRNOTAVAIL …
   */
  listen(): Promise<AddressInfo>
  /** Closes all sockets, WebSockets with code 1001, and ends within 2 s. Nothing is left running. */
  close(): Promise<void>
  readonly log: FastifyBaseLogger
}

/** Where things are. */
export interface Places {
  /** The folder of the built page. */
  readonly page: string
  /** Where the log goes, a line of JSON for each entry. */
  readonly log: NodeJS.WritableStream
}

/**
 * The path that a request is answered by. Of a room's URL nothing comes in: `/r` and all below it are `/r`, whatever the
 * name may look like. Queries mean nothing here.
 */
export function routePath(url: string): string {
  // A request may name its whole URL (RFC 9112, section 3.2.2).
  const [path = ''] = url.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)
  if (path === '/r' || path.startsWith('/r/')) return '/r'
  try {
    decodeURIComponent(path)
    return path
  } catch {
    return '/not-found'
  }
}

/** How a file of the page may be cached: those with a hash in their name for ever. */
const cacheControl = (path: string) => (path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')

/** Serves the page's files, all of them known from the start. */
async function servePage(app: FastifyInstance, page: string): Promise<void> {
  await app.register(files, {
    root: page,
    // A route for each file that is there, so there is no path to get out by.
    wildcard: false,
    index: false,
    globIgnore: ['**/*.br', '**/*.gz'],
    preCompressed: true,
    cacheControl: false,
    setHeaders(response, path) {
      const name = path.slice(page.length + 1).replaceAll('\\', '/')
      response.setHeader('Cache-Control', cacheControl(name))
      response.setHeader('Vary', 'Accept-Encoding')
      if (!name.startsWith('earshot.js') && !name.startsWith('assets/embed-')) return
      // Made for pages of other origins.
      response.setHeader('Access-Control-Allow-Origin', '*')
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    },
  })
  for (const path of ['/', '/r']) app.get(path, (_request, reply) => reply.sendFile('index.html'))
}

/** Answers what is no file: unknown paths, other methods, failures. Says nothing of the request. */
async function answerOthers(app: FastifyInstance, page: string): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    await reply.code(405).header('Allow', 'GET, HEAD').type('text/plain').send('Only GET and HEAD.\n')
  })
  app.setNotFoundHandler(await nothingHere(page))
  app.setErrorHandler((error, _request, reply) => {
    app.log.error({ error: describeError(error) }, 'a request failed')
    return reply.code(500).type('text/plain').send('Something went wrong.\n')
  })
}

/** Binds the app to the settings' host; by default to all addresses, IPv6 too where the system has it. */
async function bind(app: FastifyInstance, { host, port }: Settings): Promise<void> {
  if (host !== null) {
    await app.listen({ host, port })
    return
  }
  try {
    await app.listen({ host: '::', port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EAFNOSUPPORT' && code !== 'EADDRNOTAVAIL') throw error
    await app.listen({ host: '0.0.0.0', port })
  }
}

/**
 * Makes a server; it does not listen yet.
 * @param build - what /healthz tells of this build
 */
export async function createServer(settings: Settings, build: Build, places: Places): Promise<Server> {
  const app = fastify({
    ...logOptions(settings.logLevel, places.log),
    trustProxy: settings.trustProxy,
    requestTimeout: REQUEST_TIMEOUT,
    connectionTimeout: IDLE_TIMEOUT,
    forceCloseConnections: true,
    rewriteUrl: (request) => routePath(request.url ?? ''),
    frameworkErrors: (_error, _request, reply) => reply.raw.writeHead(400).end(),
    clientErrorHandler(_error, socket) {
      faults.count('bad-request')
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      else socket.destroy()
    },
  })
  const faults = new Faults(app.log)
  const switchboard = new Switchboard(settings.maxRoomMembers)
  const stun = new StunService()
  const gate = new Gate(settings, switchboard, faults, new IceServers(settings, () => stun.port))

  await app.register(helmet, helmetOptions(settings))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('Permissions-Policy', PERMISSIONS_POLICY)
    // Elsewhere browsers ignore it, and Chromium complains about it in the console.
    if (isTrustworthy(request.raw, request.protocol, settings))
      reply.header('Cross-Origin-Opener-Policy', 'same-origin')
  })
  await answerOthers(app, places.page)
  await servePage(app, places.page)
  app.get('/healthz', (_request, reply) => {
    const { rooms, members } = switchboard
    return reply.header('Cache-Control', 'no-store').send({ ...build, rooms, members })
  })

  app.server.on('upgrade', (request: IncomingMessage, socket, head: Buffer) => gate.upgrade(request, socket, head))
  app.addHook('preClose', () => {
    stun.close()
    return gate.close()
  })
  app.addHook('onClose', async () => faults.close())

  return {
    log: app.log,
    async listen() {
      await bind(app, settings)
      const address = app.server.address()
      if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.')
      await stun.listen(settings, app.log)
      return address
    },
    close: () => app.close(),
  }
}
