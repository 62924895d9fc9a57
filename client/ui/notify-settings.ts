import { signal } from '@preact/signals'
import * as v from 'valibot'

const KEY = 'earshot notifications'

const settingsSchema = v.object({
  /** Tell of new messages while the page is not before somebody. */
  on: v.boolean(),
  sound: v.boolean(),
  mentionsOnly: v.boolean(),
  /** Was asked once whether to turn them on. */
  asked: v.boolean(),
})
export type NotifySettings = v.InferOutput<typeof settingsSchema>

const NONE: NotifySettings = { on: false, sound: false, mentionsOnly: false, asked: false }

function read(): NotifySettings {
  try {
    const parsed = v.safeParse(settingsSchema, JSON.parse(localStorage.getItem(KEY) ?? 'null'))
    return parsed.success ? parsed.output : NONE
  } catch {
    return NONE
  }
}

const settings = signal(read())

/** How one wants to be told of messages, on this device. */
export const notifySettings = settings

/** Changes some of it. Where nothing can be kept it holds until the page is closed. */
export function changeNotifySettings(change: Partial<NotifySettings>): void {
  settings.value = { ...settings.peek(), ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(settings.peek()))
  } catch {}
}
