/** `earshot-peer`: the same room in a terminal, and for scripts. */
import { version } from '../package.json'
import { MAX_TEXT } from './room/entry.ts'
import { joinRoom } from './room/room.ts'
import { type Room, RoomError } from './room/types.ts'
import { type Options, readArguments } from './terminal/arguments.ts'
import { harmlessLine } from './terminal/harmless.ts'
import { jsonVoice, obeyCommand, readCommand } from './terminal/json.ts'
import { Lines } from './terminal/lines.ts'
import { plainVoice } from './terminal/plain.ts'
import { endPlatform, platform } from './terminal/platform.ts'
import { streamScreen, TypingScreen } from './terminal/screen.ts'
import { Session } from './terminal/session.ts'
import { badCommandText, HELP, tooLongLineText, typingHint } from './texts/terminal-text.ts'

const { stdin, stdout, stderr, env } = process

/** Longest line of JSON that may hold a message: each character of it may be escaped. */
const MAX_JSON_LINE = 6 * MAX_TEXT + 1_000
const INTERRUPTED = 130

/** Calls `line` for every line of stdin, null for one that is too long, and `end` at its end. */
function readStdin(limit: number, line: (text: string | null) => void, end: () => void): void {
  const lines = new Lines(limit, line)
  stdin.on('data', (data: Buffer) => lines.push(data))
  stdin.once('end', () => {
    lines.end()
    end()
  })
  // Where stdin was never opened, or its terminal is gone, nothing more comes either.
  stdin.once('error', end)
}

/** Joins; what stands against it is one sentence on stderr. */
function join({ url, name, password, relay }: Options): Room | null {
  try {
    return joinRoom(url, {
      ...platform,
      ...(name === undefined ? {} : { name }),
      ...(password === undefined ? {} : { password }),
      ...(relay ? { iceTransportPolicy: 'relay' as const } : {}),
    })
  } catch (error) {
    if (!(error instanceof RoomError)) throw error
    stderr.write(`${harmlessLine(error.message)}\n`)
    return null
  }
}

/** A script: JSON both ways. */
function talkJson(room: Room, options: Options): Session {
  const voice = jsonVoice((line) => stdout.write(line))
  const session = new Session(room, voice, options)
  const obey = (line: string | null) => {
    const command = line === null ? null : readCommand(line)
    if (!command) session.refuse({ code: 'bad-command', message: badCommandText })
    else if (command.type !== 'leave') session.attempt(() => obeyCommand(room, command))
    else session.end(false)
  }
  readStdin(
    MAX_JSON_LINE,
    (line) => line?.trim() !== '' && obey(line),
    () => session.end(),
  )
  return session
}

/** A pipe, or somebody in front of a terminal. */
function talkPlain(room: Room, options: Options): Session {
  const isRich = Boolean(stdout.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb'
  const isTyped = Boolean(stdin.isTTY && stdout.isTTY) && env.TERM !== 'dumb'
  let session: Session
  const say = (line: string | null) => {
    if (line === null) session.refuse({ code: 'too-long', message: tooLongLineText(MAX_TEXT) })
    else if (line.trim() !== '') session.attempt(() => room.send(line))
  }
  const screen = isTyped
    ? new TypingScreen(stdin, stdout, stderr, isRich, {
        line: say,
        typing: (typing) => room.setTyping(typing),
        interrupt: () => void session.leave(INTERRUPTED, true),
        end: () => session.end(),
      })
    : streamScreen(stdout, stderr, isRich)
  session = new Session(room, plainVoice(screen), options)
  if (screen instanceof TypingScreen) {
    void session.over.then(() => screen.close())
    screen.note(typingHint)
  } else {
    readStdin(MAX_TEXT, say, () => session.end())
  }
  return session
}

/** Stays in the room until it is time to go. Returns the exit code. */
async function talk(options: Options): Promise<number> {
  const room = join(options)
  if (!room) return 2
  const session = options.json ? talkJson(room, options) : talkPlain(room, options)
  // Nobody reads on, as after `| head`.
  stdout.on('error', () => void session.leave(0, true))
  stderr.on('error', () => {})
  process.on('SIGINT', () => void session.leave(INTERRUPTED, true))
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void session.leave(0))
  const code = await session.over
  await endPlatform()
  return code
}

async function run(): Promise<number> {
  const command = readArguments(process.argv.slice(2), env)
  switch (command.do) {
    case 'help':
      stdout.write(HELP)
      return 0
    case 'version':
      stdout.write(`${version}\n`)
      return 0
    case 'complain':
      stderr.write(`${harmlessLine(command.message)}\n`)
      return 2
    case 'talk':
      return talk(command.options)
  }
}

// WebRTC keeps threads: the process doesn't end by itself.
process.exit(await run())
