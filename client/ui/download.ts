/** Gives the browser a text to keep as a file of this name. */
export function download(name: string, type: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  // The browser has taken it by then; some take a moment.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
