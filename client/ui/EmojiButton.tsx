import { useSignal } from '@preact/signals'
import { words } from '../texts/page/text.ts'
import { EmojiPicker } from './EmojiPicker.tsx'
import { EmojiIcon } from './MenuIcons.tsx'

/** Offers all emoji, for the text that one writes. */
export function EmojiButton({ pick }: { pick: (emoji: string) => void }) {
  const anchor = useSignal<HTMLElement | null>(null)
  return (
    <>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={words.emoji}
        aria-haspopup="dialog"
        onClick={({ currentTarget }) => {
          anchor.value = currentTarget
        }}
      >
        <EmojiIcon />
      </button>
      {anchor.value && (
        <EmojiPicker
          anchor={anchor.value}
          onPick={pick}
          onClose={() => {
            anchor.value = null
          }}
        />
      )}
    </>
  )
}
