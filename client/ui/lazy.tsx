import { type ReadonlySignal, signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { loadLaterStyles } from './later-styles.ts'

declare global {
  interface Navigator {
    /** Not every browser tells. `saveData`: the person asked for as little to be loaded as can be. */
    readonly connection?: { readonly saveData?: boolean }
  }
}

type Later = typeof import('./later.ts')

const loaded = signal<Later | null>(null)
const missing = signal(false)

/** The parts of `later.ts`, once they are here: what is drawn with them is drawn plainly before. */
export const later: ReadonlySignal<Later | null> = loaded

async function load(): Promise<void> {
  if (loaded.value) return
  missing.value = false
  try {
    const [parts] = await Promise.all([import('./later.ts'), loadLaterStyles()])
    loaded.value = parts
    void parts.startRoomList()
    parts.startNotifications()
  } catch {
    missing.value = true
  }
}

/** Soon, where a browser can't tell when it is idle. */
const whenIdle: (run: () => void) => unknown = globalThis.requestIdleCallback ?? setTimeout

async function loadAll(): Promise<void> {
  await load()
  if (!loaded.value || navigator.connection?.saveData) return
  // What can't be had now is asked for again when it is needed.
  whenIdle(() => void Promise.allSettled([import('./emoji.ts'), import('./highlight.ts')]))
}

/** Loads what is needed later, if it can be had now: then it is there without the server, too. */
export const preloadLater = (): void => void loadAll()

/**
 * A component of `later.ts`, loaded when it is drawn. While it can't be had, as when the server is away, `Missing` stands in
 * its place; the next drawing tries again.
 */
export function lazy<Props extends object>(
  pick: (later: Later) => ComponentType<Props>,
  Missing: ComponentType<Props>,
): ComponentType<Props> {
  return function Lazily(props) {
    useEffect(() => void load(), [])
    if (loaded.value) {
      const Component = pick(loaded.value)
      return <Component {...props} />
    }
    return missing.value ? <Missing {...props} /> : null
  }
}
