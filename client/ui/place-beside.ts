import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/** Room between what floats and the edge of the window, in CSS pixels. */
const MARGIN = 8

/** Puts a box that floats over the page below what it belongs to, or above where there is no room; all of it in the window. */
function placeBeside(box: HTMLElement, anchor: Element): void {
  const at = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = box
  const below = at.bottom + height + MARGIN <= innerHeight ? at.bottom : at.top - height
  const right = innerWidth - width - MARGIN
  box.style.top = `${Math.max(MARGIN, Math.min(below, innerHeight - height - MARGIN))}px`
  box.style.left = `${Math.max(MARGIN, Math.min(at.left, right))}px`
}

/** Places a box beside what it belongs to: when it is drawn, when `size` changed, and when the window did. */
export function usePlaceBeside(box: RefObject<HTMLElement | null>, anchor: Element, size?: unknown): void {
  useLayoutEffect(() => {
    const place = () => box.current && placeBeside(box.current, anchor)
    place()
    addEventListener('resize', place)
    return () => removeEventListener('resize', place)
  }, [size])
}
