/**
 * A member in a process of its own: talks without pause, obeys commands from its parent, and writes what happens to it on
 * stdout, a line each. It ends with its parent, and before that only by being killed.
 *
 *     peer URL NAME MILLISECONDS_BETWEEN_MESSAGES
 */
import * as v from 'valibot'
import { WebSocket } from 'ws'
import { LiveRoom } from '../../client/room/live-room.ts'
import { joinRoom } from '../../client/room/room.ts'
import { platform } from '../../client/terminal/platform.ts'
import { breakable } from './breakable.ts'
import { askedSchema, type Command, type Report, type Told } from './wire.ts'

const [, , url = '', name = '', every = ''] = process.argv
/** Nobody listens there. */
const NOWHERE = 'ws://127.0.0.1:9'

const log = (event: object) =>
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString().slice(11, 23), ...event })}\n`)
const tell = (told: Told) => {
  log(told)
  process.send?.(told)
}

const { RTCPeerConnection, breaker } = breakable(platform.RTCPeerConnection, (event) =>
  tell({ told: 'connection', ...event }),
)

let isPluggedOut = false
const sockets = new Set<WebSocket>()
class BreakableWebSocket extends WebSocket {
  constructor(address: string) {
    super(isPluggedOut ? NOWHERE : address)
    sockets.add(this)
    this.once('close', () => sockets.delete(this))
  }
}

const room = joinRoom(url, {
  RTCPeerConnection,
  WebSocket: BreakableWebSocket as unknown as typeof globalThis.WebSocket,
  name,
})
const told = new Map<string, string>()
let linked = ''
let said = 0
let talking: NodeJS.Timeout | undefined

/** Visits with an open link, for the log. */
function logLinks(): void {
  if (!(room instanceof LiveRoom)) return
  const { peer, linked: now } = room.inside
  const text = now.map((id) => id.slice(0, 6)).join(' ')
  if (text === linked) return
  linked = text
  log({ me: peer.slice(0, 6), linked: text })
}

room.on('message', ({ kind, text, state, mine, id }) => {
  if (kind !== 'text') return
  const receivers = mine && id ? room.receivers(id) : []
  const holders = receivers.filter(({ has }) => has).map(({ name }) => name)
  const now = `${state} ${holders}`
  if (told.get(text) === now) return
  told.set(text, now)
  tell({ told: 'message', text, state, holders })
})
room.on('member', (members) => {
  logLinks()
  log({ members: members.map(({ name, state }) => `${name} ${state}`).join(', ') })
  if (talking === undefined && room.me.id) {
    tell({ told: 'ready' })
    talking = setInterval(() => room.send(`${name} #${++said}`), Number(every))
  }
})
room.on('connection', ({ server, people, connecting }) => {
  logLinks()
  log({ server, people, connecting })
})
room.on('error', ({ code, message }) => log({ error: code, message }))

function report(): Report {
  return {
    messages: room.messages.map(({ text, state }) => ({ text, state })),
    members: room.members.map(({ name, me, state }) => ({ name, isLinked: me || state === 'connected' })),
  }
}

/** Gives the answer, null when there is nothing to say. */
function obey(command: Command): unknown {
  switch (command.do) {
    case 'ends':
      return breaker.ends()
    case 'close':
      return breaker.close(command.connection)
    case 'mute':
      return breaker.mute(command.connection)
    case 'unplug':
      isPluggedOut = true
      breaker.unplug()
      for (const socket of sockets) socket.terminate()
      return null
    case 'plug':
      isPluggedOut = false
      breaker.plug()
      return null
    case 'hush':
      clearInterval(talking)
      return null
    case 'report':
      return report()
  }
}

process.on('message', (asked) => {
  const { id, command } = v.parse(askedSchema, asked)
  process.send?.({ id, answer: obey(command) ?? null })
})
process.on('disconnect', () => process.exit())
process.on('uncaughtException', (error) => {
  tell({ told: 'fault', what: error.stack ?? error.message })
  process.exit(1)
})
