import { useSignal } from '@preact/signals'
import { words } from '../texts/page/text.ts'
import { EmojiIcon } from './Icons.tsx'
import { later } from './lazy.tsx'

/** Offers all emoji, for the text that one writes. */
export function EmojiButton({ pick }: { pick: (emoji: string) => void }) {
  const anchor = useSignal<HTMLElement | null>(null)
  const EmojiPicker = later.value?.EmojiPicker
  if (!EmojiPicker) return null
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
