/**
 * Starts a coturn that fits the server's settings, and ends with it: `npm run turn`, with the settings in the environment.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { SettingsError } from './config.ts'
import { addressWarning, type CoturnSettings, coturnConfig, firewallLines, readCoturnSettings } from './coturn.ts'

const PROGRAM = 'turnserver'

/** How many of coturn's last lines are shown when it ends by itself. */
const LAST_LINES = 8

/** A reason not to start, in one line. */
class TurnError extends Error {}

const say = (line: string) => process.stdout.write(`${line}\n`)
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Runs it once to see whether it is there. @throws TurnError */
async function checkProgram(): Promise<void> {
  const child = spawn(PROGRAM, ['--version'], { stdio: 'ignore' })
  try {
    await once(child, 'exit')
  } catch {
    throw new TurnError(
      'coturn is not installed: get it by "apt-get install coturn", "dnf install coturn", "apk add coturn" or "brew install coturn".',
    )
  }
}

/** @throws TurnError when a file of the certificate can't be read */
async function checkFiles({ tls }: CoturnSettings): Promise<void> {
  for (const [variable, file] of tls === null
    ? []
    : [
        ['TURN_CERT', tls.cert],
        ['TURN_KEY', tls.key],
      ])
    await access(file ?? '', constants.R_OK).catch(() => {
      throw new TurnError(`${variable} is "${file}", but that can't be read by this user.`)
    })
}

/** Opens a port and closes it again. */
async function tryPort(protocol: 'UDP' | 'TCP', port: number, host: string | undefined): Promise<void> {
  if (protocol === 'TCP') {
    const server = createServer()
    const listening = once(server, 'listening')
    server.listen(port, host)
    await listening
    server.close()
    return
  }
  const socket = createSocket('udp4')
  try {
    const listening = once(socket, 'listening')
    socket.bind(port, host)
    await listening
  } finally {
    socket.close()
  }
}

/** coturn itself says little of a port that it can't have. @throws TurnError */
async function checkPorts({ plain, tls, host }: CoturnSettings): Promise<void> {
  const wanted: [protocol: 'UDP' | 'TCP', port: number][] = []
  if (plain?.udp) wanted.push(['UDP', plain.port])
  if (plain?.tcp) wanted.push(['TCP', plain.port])
  if (tls) wanted.push(['TCP', tls.port])
  for (const [protocol, port] of wanted)
    try {
      // On IPv6 addresses nothing is tried: what is in use there is in use on IPv4.
      await tryPort(protocol, port, host?.includes(':') ? undefined : (host ?? undefined))
    } catch (error) {
      const code = codeOf(error)
      if (code === 'EADDRINUSE') {
        const own =
          protocol === 'UDP'
            ? ' If it is Earshot’s own STUN, set STUN_PORT to 0 for the server: coturn answers STUN, too.'
            : ''
        throw new TurnError(
          `${protocol} port ${port} is in use by another program: set another one in TURN_URLS.${own}`,
        )
      }
      if (code === 'EACCES')
        throw new TurnError(
          `${protocol} port ${port} may not be opened by this user: start this as root, or set one above 1023 in TURN_URLS.`,
        )
      if (code === 'EADDRNOTAVAIL')
        throw new TurnError(`TURN_HOST is "${host}", but must be an address of this machine.`)
      throw error
    }
}

/** Starts coturn. Its lines, which name addresses, are shown only when it fails, or when the log is to tell all. */
function startCoturn(file: string): { child: ChildProcess; last: string[] } {
  const child = spawn(PROGRAM, ['-c', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  const isLoud = process.env.LOG_LEVEL === 'debug' || process.env.LOG_LEVEL === 'trace'
  const last: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      if (isLoud) process.stderr.write(data)
      last.push(
        ...data
          .toString()
          .split('\n')
          .filter((line) => line.trim() !== ''),
      )
      last.splice(0, last.length - LAST_LINES)
    })
  return { child, last }
}

/** Reads, checks, and runs coturn to its end, which a signal brings. @returns the exit code */
async function run(): Promise<number> {
  const settings = readCoturnSettings(process.env)
  await checkProgram()
  await checkFiles(settings)
  await checkPorts(settings)
  const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
  const folder = await mkdtemp(join(tmpdir(), 'earshot-turn-'))
  try {
    const file = join(folder, 'turnserver.conf')
    await writeFile(file, coturnConfig(settings, folder), { mode: 0o600, flag: 'wx' })
    const { child, last } = startCoturn(file)
    let isEnding = false
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        isEnding = true
        child.kill('SIGTERM')
      })
    say(['', 'coturn is starting. Let through the firewall, towards this machine:', ''].join('\n'))
    for (const line of firewallLines(settings)) say(`  ${line}`)
    const warning = addressWarning(settings, own)
    if (warning !== null) say(`\n${warning}`)
    say('\nCtrl+C stops it.\n')
    const [code] = await once(child, 'close')
    if (isEnding) return 0
    process.stderr.write(`coturn ended with code ${code}. The last that it said:\n${last.join('\n')}\n`)
    return 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

try {
  process.exitCode = await run()
} catch (error) {
  if (!(error instanceof SettingsError) && !(error instanceof TurnError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
