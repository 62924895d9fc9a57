import { signal } from '@preact/signals'
import type { Message } from '../room/types.ts'
import { lastText } from '../texts/page/rooms-text.ts'
import { inOneLine } from './first-line.ts'
import { mentions } from './mentions.ts'
import { changeNotifySettings, notifySettings } from './notify-settings.ts'
import type { OpenRoom } from './open-rooms.ts'
import { goTo } from './pages.ts'
import type { RoomState } from './state.ts'
import { whileOpen } from './while-open.ts'

/** Sounds come no faster than this, in milliseconds. */
const SOUND_PAUSE = 2_000
/** What was written longer before it came is history: nobody is called for that. */
const NEWS = 60_000

/** Whether this browser can tell of messages, and lets this page do it. */
export type Permission = NotificationPermission | 'unsupported'

/** This browser has the interface and keeps it for service workers, as Chrome for Android does: found out by trying. */
export const isRefused = signal(false)

export const permission = (): Permission =>
  'Notification' in globalThis && !isRefused.value ? Notification.permission : 'unsupported'

/** Makes a notification. Where that can't be none is ever told of: they are turned off. */
function make(title: string, options: NotificationOptions): Notification | null {
  try {
    return new Notification(title, options)
  } catch {
    isRefused.value = true
    changeNotifySettings({ on: false })
    return null
  }
}

let isTried = false

/** The same, after a trial. It shows nothing, as it is made only while nothing is allowed yet. */
function triedPermission(): Permission {
  if (!isTried && permission() === 'default') {
    isTried = true
    make('', {})
  }
  return permission()
}

/** A message came while nobody looked, and it was never asked whether to tell of them: a good moment to ask. */
export const mayAsk = signal(false)

/** Asks the browser, and turns notifications on if it lets the page. What it answered. */
export async function turnOn(): Promise<Permission> {
  mayAsk.value = false
  const answer = triedPermission() === 'default' ? await Notification.requestPermission() : permission()
  changeNotifySettings({ on: answer === 'granted', asked: true })
  return answer
}

/** Not now: it isn't asked again, and stands in the settings. */
export function declined(): void {
  mayAsk.value = false
  changeNotifySettings({ asked: true })
}

let soundedAt = 0

/** Two short notes. */
function sound(): void {
  if (Date.now() - soundedAt < SOUND_PAUSE) return
  soundedAt = Date.now()
  const context = new AudioContext()
  for (const [index, pitch] of [660, 880].entries()) {
    const [note, volume] = [context.createOscillator(), context.createGain()]
    const at = context.currentTime + index * 0.14
    note.frequency.value = pitch
    volume.gain.setValueAtTime(0.08, at)
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.2)
    note.connect(volume).connect(context.destination)
    note.start(at)
    note.stop(at + 0.2)
  }
  setTimeout(() => void context.close(), 1_000)
}

function notify({ url, state }: OpenRoom, { name, text }: Message): void {
  // One a room: the next takes the place of the one before, and is told of like the first.
  const options = { body: lastText(name, inOneLine(text)), tag: url, renotify: true, icon: '/favicon.svg' }
  const shown = make(state.label.value ?? state.room.name, options)
  if (!shown) return
  shown.onclick = () => {
    window.focus()
    goTo(url)
    shown.close()
  }
}

/** Whether a message speaks to oneself: it mentions one, or answers what one said. */
function speaksToMe({ room, names }: RoomState, { text, reply }: Message): boolean {
  return mentions(text, names.value.me) || (reply !== null && room.message(reply)?.mine === true)
}

function came(room: OpenRoom, message: Message): void {
  const { muted, shown } = room.state
  if (muted.value || (shown.value && document.visibilityState === 'visible')) return
  const { on, mentionsOnly, sound: withSound, asked } = notifySettings.peek()
  if (!asked && !on && triedPermission() === 'default') mayAsk.value = true
  if (!on || (mentionsOnly && !speaksToMe(room.state, message))) return
  if (permission() === 'granted') notify(room, message)
  if (withSound) sound()
}

function watch(room: OpenRoom): () => void {
  const told = new Set(room.state.room.messages.map(({ key }) => key))
  return room.state.room.on('message', (message) => {
    const { key, kind, mine, deleted, at } = message
    if (told.has(key)) return
    told.add(key)
    if (kind === 'text' && !mine && !deleted && Date.now() - at < NEWS) came(room, message)
  })
}

let isStarted = false

/** Tells of messages that come from now on, as far as one wants that. */
export function startNotifications(): void {
  if (isStarted) return
  isStarted = true
  whileOpen(watch)
}
