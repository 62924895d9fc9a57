import { useLayoutEffect } from 'preact/hooks'

/**
 * While something floats beside the button that opens it, the platform closes it for a press there: the click that ends the
 * press must not open it again. A message that was tapped is no button: what stands in it answers.
 */
export function usePressCloses(anchor: Element): void {
  useLayoutEffect(() => {
    if (!(anchor instanceof HTMLButtonElement)) return
    const onPress = () => {
      const over = new AbortController()
      const once = { capture: true, once: true, signal: over.signal }
      const swallow = (event: Event) => {
        event.stopImmediatePropagation()
        over.abort()
      }
      anchor.addEventListener('click', swallow, once)
      // The press may have ended elsewhere: then no click is to follow.
      for (const next of ['pointerdown', 'pointercancel', 'keydown']) addEventListener(next, () => over.abort(), once)
    }
    anchor.addEventListener('pointerdown', onPress)
    return () => anchor.removeEventListener('pointerdown', onPress)
  }, [anchor])
}
