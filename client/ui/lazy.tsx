import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'

type Later = typeof import('./later.ts')

const later = (): Promise<Later> => import('./later.ts')

/** Loads what is needed later, if it can be had now: then it is there without the server, too. */
export const preloadLater = (): void => void later().catch(() => {})

/**
 * A component of `later.ts`, loaded when it is drawn. While it can't be had, as when the server is away, `Missing` stands in
 * its place; the next drawing tries again.
 */
export function lazy<Props extends object>(
  pick: (later: Later) => ComponentType<Props>,
  Missing: ComponentType<Props>,
): ComponentType<Props> {
  let Loaded: ComponentType<Props> | null = null
  return function Lazily(props) {
    const shown = useSignal<{ Component: ComponentType<Props> } | null>(Loaded && { Component: Loaded })
    useEffect(() => {
      if (Loaded) return
      let isGone = false
      later().then(
        (module) => {
          Loaded = pick(module)
          if (!isGone) shown.value = { Component: Loaded }
        },
        () => {
          if (!isGone) shown.value = { Component: Missing }
        },
      )
      return () => {
        isGone = true
      }
    }, [])
    const Component = shown.value?.Component
    return Component ? <Component {...props} /> : null
  }
}
