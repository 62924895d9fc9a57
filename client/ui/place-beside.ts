/** Room between what floats and the edge of the window, in CSS pixels. */
const MARGIN = 8

/** Puts a box that floats over the page below what it belongs to, or above where there is no room; all of it in the window. */
export function placeBeside(box: HTMLElement, anchor: Element): void {
  const at = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = box
  const below = at.bottom + height + MARGIN <= innerHeight ? at.bottom : at.top - height
  const right = innerWidth - width - MARGIN
  box.style.top = `${Math.max(MARGIN, Math.min(below, innerHeight - height - MARGIN))}px`
  box.style.left = `${Math.max(MARGIN, Math.min(at.left, right))}px`
}
