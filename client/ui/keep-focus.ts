/** What comes in the place of what went, such as a dialog that led to another, takes the focus within this, in milliseconds. */
const TAKING = 100

/** What had the focus last, and all that stood around it. */
let path: readonly Element[] = []

const CONTROLS = 'a[href], button:not(:disabled), input, select, textarea'

function remember({ target }: FocusEvent): void {
  const around: Element[] = []
  for (let each = target instanceof Element ? target : null; each; each = each.parentElement) around.push(each)
  path = around
}

/** Where the focus belongs in the page as it is: where one writes, or on a touch screen, which would bring up its keyboard, the heading. */
function home(root: Element): HTMLElement | null {
  const field = matchMedia('(hover: hover)').matches ? root.querySelector<HTMLElement>('.composer-field') : null
  const heading = field ? null : root.querySelector<HTMLElement>('h1')
  if (heading) heading.tabIndex = -1
  return field ?? heading
}

/** The closest thing around what went that can have the focus. */
function closest(root: Element): HTMLElement | null {
  for (const each of path) {
    if (!each.isConnected || !(each instanceof HTMLElement)) continue
    if (each.matches('[tabindex]')) return each
    if (each.matches('dialog[open]')) return each.querySelector<HTMLElement>(CONTROLS)
  }
  return home(root)
}

/** Gives the focus a place when what had it goes: nobody with a keyboard is to begin at the top of the page again. */
export function keepFocus(root: Element): void {
  const isLost = () => path[0]?.isConnected === false && document.activeElement === document.body
  document.addEventListener('focusin', remember)
  new MutationObserver(() => {
    if (!isLost()) return
    setTimeout(() => isLost() && closest(root)?.focus({ preventScroll: true }), TAKING)
  }).observe(root, { childList: true, subtree: true })
}
