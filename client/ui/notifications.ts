import { signal } from '@preact/signals'
import type { Message } from '../room/types.ts'
import { mentions } from './mentions.ts'
import { changeNotifySettings, notifySettings } from './notify-settings.ts'
import type { OpenRoom } from './open-rooms.ts'
import { goTo } from './pages.ts'
import { lastText } from './texts/rooms-text.ts'
import { whileOpen } from './while-open.ts'

/** Sounds come no faster than this, in milliseconds. */
const SOUND_PAUSE = 2_000
/** What was written longer before it came is history: nobody is called for that. */
const NEWS = 60_000

/** Whether this browser can tell of messages, and lets this page do it. */
export type Permission = NotificationPermission | 'unsupported'

export const permission = (): Permission => ('Notification' in globalThis ? Notification.permission : 'unsupported')

/** A message came while nobody looked, and it was never asked whether to tell of them: a good moment to ask. */
export const mayAsk = signal(false)

/** Asks the browser, and turns notifications on if it lets the page. What it answered. */
export async function turnOn(): Promise<Permission> {
  mayAsk.value = false
  const answer = permission() === 'default' ? await Notification.requestPermission() : permission()
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
  try {
    // One a room: the next takes the place of the one before.
    const shown = new Notification(state.label.value ?? state.room.name, { body: lastText(name, text), tag: url })
    shown.onclick = () => {
      window.focus()
      goTo(url)
      shown.close()
    }
  } catch {
    // Some platforms have the interface and allow it to service workers only.
  }
}

function came(room: OpenRoom, message: Message): void {
  const { muted, shown, names } = room.state
  if (muted.value || (shown.value && document.visibilityState === 'visible')) return
  const { on, mentionsOnly, sound: withSound, asked } = notifySettings.peek()
  if (!asked && !on && permission() === 'default') mayAsk.value = true
  if (!on || (mentionsOnly && !mentions(message.text, names.value.me))) return
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
