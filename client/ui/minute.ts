import { computed, type ReadonlySignal, signal } from '@preact/signals'

const MINUTE = 60_000

const time = signal(Date.now())
setInterval(() => {
  time.value = Date.now()
}, MINUTE / 2)

/** What time it is, about: for what is said of the past. */
export const aboutNow: ReadonlySignal<number> = time

/** When today began, in milliseconds since the epoch: for what is called by its day. */
export const startOfToday: ReadonlySignal<number> = computed(() => new Date(time.value).setHours(0, 0, 0, 0))
