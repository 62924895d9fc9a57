import { useSignal } from '@preact/signals'
import { words } from '../texts/page/text.ts'
import { EmojiPicker } from './EmojiPicker.tsx'
import { EmojiIcon } from './MenuIcons.tsx'
import { closing } from './opened.ts'

/** Offers all emoji, for the text that one writes. */
export function EmojiButton({ pick }: { pick: (emoji: string) => void }) {
  const open = useSignal<{ readonly anchor: HTMLElement } | null>(null)
  return (
    <>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={words.emoji}
        aria-haspopup="dialog"
        onClick={({ currentTarget }) => {
          open.value = { anchor: currentTarget }
        }}
      >
        <EmojiIcon />
      </button>
      {open.value && (
        <EmojiPicker key={open.value} anchor={open.value.anchor} onPick={pick} onClose={closing(open, open.value)} />
      )}
    </>
  )
}
