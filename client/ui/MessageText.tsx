import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { words } from '../texts/page/text.ts'
import { later } from './lazy.tsx'
import { mayBeMarkup } from './markup.ts'
import { Plain } from './Plain.tsx'
import type { RoomState } from './state.ts'

const LONG_TEXT = 2_000
const MANY_LINES = 40
const NOBODY = { all: [], me: '' }

const isLong = (text: string): boolean =>
  text.length > LONG_TEXT || text.split('\n', MANY_LINES + 1).length > MANY_LINES

/** A message's text, links as links and markup drawn. Never HTML: every part is a text node. A long one is folded. */
export function MessageText({ text, state }: { text: string; state: RoomState }) {
  const isOpen = useSignal(false)
  const canFold = useMemo(() => isLong(text), [text])
  const isFolded = canFold && !isOpen.value
  const names = text.includes('@') ? state.names.value : NOBODY
  const isMarkedUp = useMemo(() => mayBeMarkup(text), [text])
  const Written = isMarkedUp ? later.value?.Written : undefined
  // Whatever shows a folded part, such as find in page or a link that takes the focus, unfolds it.
  const unfold = () => {
    if (isFolded) isOpen.value = true
  }
  const body = useMemo(
    () => (
      <div
        class={`message-text ${isFolded ? 'folded' : ''}`}
        // Without markup what it stands in takes its direction, and the time stands at its end.
        dir={Written && 'auto'}
        onScroll={unfold}
        onFocusIn={unfold}
      >
        {Written ? <Written text={text} names={names} /> : <Plain text={text} names={names} />}
      </div>
    ),
    [text, names, Written, isFolded],
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
