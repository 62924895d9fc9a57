import { placesOf } from './search.ts'

const NAME = 'found'

/** The texts below an element, one after the other. */
function* textsBelow(element: Element): Generator<Text> {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node instanceof Text) yield node
}

/**
 * Marks words in the messages that are drawn, and the message of a key as the one that is meant. Returns what takes all of it
 * back. Browsers without highlights show only which message is meant.
 */
export function highlight(words: readonly string[], key: string | null): () => void {
  const meant = [...document.querySelectorAll('article[data-key]')].find(
    (article) => article instanceof HTMLElement && article.dataset.key === key,
  )
  meant?.setAttribute('aria-current', 'true')
  const registry = globalThis.CSS?.highlights
  if (registry && words.length > 0) {
    const ranges: Range[] = []
    for (const text of document.querySelectorAll('article .message-text'))
      for (const node of textsBelow(text))
        for (const [from, to] of placesOf(node.data, words)) {
          const range = new Range()
          range.setStart(node, from)
          range.setEnd(node, Math.min(to, node.length))
          ranges.push(range)
        }
    registry.set(NAME, new Highlight(...ranges))
  }
  return () => {
    meant?.removeAttribute('aria-current')
    registry?.delete(NAME)
  }
}
