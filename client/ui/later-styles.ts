/** Where the styles of `later.ts` are: the build tells. */
declare const LATER_STYLES: string

/** Adds a style sheet to the page. Rejects where it can't be had. */
function addStyles(url: string): Promise<void> {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = url
  return new Promise((resolve, reject) => {
    link.onload = () => resolve()
    link.onerror = () => {
      link.remove()
      reject(new Error(`${url} could not be loaded.`))
    }
    document.head.append(link)
  })
}

let styles: Promise<void> | null = null

/** Loads the styles of what `later.ts` draws. Rejects where they can't be had; the next call tries again. */
export async function loadLaterStyles(): Promise<void> {
  styles ??= addStyles(LATER_STYLES)
  try {
    await styles
  } catch (error) {
    styles = null
    throw error
  }
}
