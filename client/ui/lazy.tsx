import { type ReadonlySignal, signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'

type Later = typeof import('./later.ts')

const loaded = signal<Later | null>(null)
const missing = signal(false)

/** The parts of `later.ts`, once they are here: what is drawn with them is drawn plainly before. */
export const later: ReadonlySignal<Later | null> = loaded

async function load(): Promise<void> {
  if (loaded.value) return
  missing.value = false
  try {
    const parts = await import('./later.ts')
    loaded.value = parts
    void parts.startRoomList()
    parts.startNotifications()
  } catch {
    missing.value = true
  }
}

/** Loads what is needed later, if it can be had now: then it is there without the server, too. */
export const preloadLater = (): void => void load()

/**
 * A component of `later.ts`, loaded when it is drawn. While it can't be had, as when the server is away, `Missing` stands in
 * its place; the next drawing tries again.
 */
export function lazy<Props extends object>(
  pick: (later: Later) => ComponentType<Props>,
  Missing: ComponentType<Props>,
): ComponentType<Props> {
  return function Lazily(props) {
    useEffect(preloadLater, [])
    if (loaded.value) {
      const Component = pick(loaded.value)
      return <Component {...props} />
    }
    return missing.value ? <Missing {...props} /> : null
  }
}
