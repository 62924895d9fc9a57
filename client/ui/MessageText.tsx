import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { splitLinks } from './links.ts'
import { words } from './text.ts'

const LONG_TEXT = 2_000
const MANY_LINES = 40

const isLong = (text: string): boolean =>
  text.length > LONG_TEXT || text.split('\n', MANY_LINES + 1).length > MANY_LINES

/** A message's text as it was written, links as links. Never HTML: every part is a text node. A long one is folded. */
export function MessageText({ text }: { text: string }) {
  const isOpen = useSignal(false)
  const parts = useMemo(() => splitLinks(text), [text])
  const canFold = useMemo(() => isLong(text), [text])
  const isFolded = canFold && !isOpen.value
  // Whatever shows a folded part, such as find in page or a link that takes the focus, unfolds it.
  const unfold = () => {
    if (isFolded) isOpen.value = true
  }
  const body = (
    <div class={`message-text ${isFolded ? 'folded' : ''}`} dir="auto" onScroll={unfold} onFocusIn={unfold}>
      {parts.map(({ kind, text }, index) =>
        kind === 'link' ? (
          <a key={index} href={text} target="_blank" rel="noopener noreferrer nofollow">
            {text}
          </a>
        ) : (
          text
        ),
      )}
    </div>
  )
  if (!canFold) return body
  return (
    <div class="foldable">
      {body}
      <button
        type="button"
        class="button quiet unfold"
        aria-expanded={!isFolded}
        onClick={() => {
          isOpen.value = isFolded
        }}
      >
        {isFolded ? words.showAll : words.showLess}
      </button>
    </div>
  )
}
