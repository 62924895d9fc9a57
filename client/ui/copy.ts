/** Selects and copies by the old command, for pages without `navigator.clipboard`: plain http, or permission refused. */
function copyBySelection(text: string, near: Element): boolean {
  const field = document.createElement('textarea')
  field.className = 'visually-hidden'
  field.value = text
  field.readOnly = true
  field.setAttribute('aria-hidden', 'true')
  // Inside the same dialog, or the field could not take the focus that selecting needs.
  ;(near.closest('dialog') ?? document.body).append(field)
  const focused = document.activeElement
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}

/** Copies a text; `near` is what was clicked. Returns whether it worked. */
export async function copyText(text: string, near: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text, near)
  }
}
