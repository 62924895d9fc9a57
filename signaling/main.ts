/**
 * Starts the server: `node dist/server.mjs [folder]`, with the settings in the environment. The folder is that of the build;
 * by default the one that this file is in.
 */
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import closeWithGrace from 'close-with-grace'
import { banner } from './banner.ts'
import { BuildError, readBuild } from './build.ts'
import { readSettings, type Settings, SettingsError } from './config.ts'
import { describeError } from './logger.ts'
import { createServer, type Server } from './server.ts'

/** How long stopping may take, in milliseconds, before the process ends all the same. */
const STOP_TIMEOUT = 1900

/** What the system says when it does not let the server listen, in words that one can act on. */
function explainListenError(error: unknown, { port, host }: Settings): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program: set PORT to another one, or to 0 for any that is free.`
    case 'EACCES':
      return `Port ${port} may not be opened by this user: set PORT to one above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
    case 'EAFNOSUPPORT':
      return `HOST is ${JSON.stringify(host)}, but must be an address of this machine.`
    default:
      return null
  }
}

/** Ends the server at the first signal or uncaught error; a second one ends the process at once. */
function stopGracefully(server: Server): void {
  closeWithGrace({ delay: STOP_TIMEOUT, logger: false }, async ({ signal, err }) => {
    if (err) server.log.fatal({ error: describeError(err) }, 'an error that nothing caught')
    else server.log.info({ signal }, 'stopping')
    await server.close()
  })
}

/** `npm start` runs this in a shell that keeps signals to itself and leaves its child behind: when it is gone, this stops. */
function stopWithNpm(): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 400).unref()
}

/** Reads, checks, listens. @returns what went wrong in one line, or null when the server runs */
async function start(): Promise<string | null> {
  const folder = resolve(process.argv[2] ?? dirname(fileURLToPath(import.meta.url)))
  let settings: Settings
  let server: Server
  try {
    settings = readSettings(process.env)
    const { build, page } = await readBuild(folder)
    server = await createServer(settings, build, { page, log: process.stderr })
    stopGracefully(server)
    stopWithNpm()
    try {
      const address = await server.listen()
      process.stdout.write(`${banner(build, address, settings.publicUrl)}\n`)
      return null
    } catch (error) {
      const explained = explainListenError(error, settings)
      await server.close()
      if (explained === null) throw error
      return explained
    }
  } catch (error) {
    if (error instanceof SettingsError || error instanceof BuildError) return error.message
    return `The server could not start: ${error instanceof Error ? error.message : String(error)}`
  }
}

// A terminal or a log collector that went away is no reason to stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const problem = await start()
if (problem !== null) {
  process.stderr.write(`${problem.replaceAll('\n', ' ')}\n`)
  process.exit(1)
}
