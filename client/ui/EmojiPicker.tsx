import { useSignal } from '@preact/signals'
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks'
import { emojiWords } from '../texts/page/message-text.ts'
import { words } from '../texts/page/text.ts'
import { EmojiGroups, RECENT } from './EmojiGroups.tsx'
import type { Emoji } from './emoji.ts'
import { usePlaceBeside } from './place-beside.ts'
import { usePressCloses } from './press-closes.ts'
import { recentEmoji, rememberEmoji } from './recent-emoji.ts'

const COLUMNS = 8
const MOST_FOUND = 96

type Data = typeof import('./emoji.ts')

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS }

interface Props {
  anchor: HTMLElement
  onPick: (emoji: string) => void
  /** Called once it is closed: after a choice, by Escape, or by a click beside it. */
  onClose: () => void
}

/** All emoji, by group or by a word. Arrow keys lead through them. */
export function EmojiPicker({ anchor, onPick, onClose }: Props) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const data = useSignal<{ readonly all: Data } | 'loading' | 'missing'>('loading')
  const word = useSignal('')
  const group = useSignal(recentEmoji().length > 0 ? RECENT : 0)
  useLayoutEffect(() => {
    box.current?.showPopover()
    // On a touch screen the field would bring up the keyboard, over the emoji.
    const first = matchMedia('(hover: none)').matches ? box : field
    first.current?.focus()
  }, [])
  // It is larger once the emoji are there.
  usePlaceBeside(box, anchor, data.value)
  usePressCloses(anchor)
  useEffect(() => {
    import('./emoji.ts').then(
      (all) => {
        data.value = { all }
      },
      () => {
        data.value = 'missing'
      },
    )
  }, [])

  const pick = (emoji: string) => {
    rememberEmoji(emoji)
    box.current?.hidePopover()
    onPick(emoji)
  }
  const shown = (all: Data): readonly Emoji[] => {
    if (word.value.trim() !== '') return all.findEmoji(word.value, MOST_FOUND)
    if (group.value !== RECENT) return all.ALL.filter((emoji) => emoji.group === group.value)
    return recentEmoji().flatMap((recent) => all.ALL.find(({ emoji }) => emoji === recent) ?? [])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      box.current?.hidePopover()
    }
    const buttons = [...(box.current?.querySelectorAll<HTMLElement>('.emoji-grid button') ?? [])]
    const { activeElement } = document
    const at = activeElement instanceof HTMLElement ? buttons.indexOf(activeElement) : -1
    if (activeElement === field.current) {
      if (event.key === 'Enter' || event.key === 'ArrowDown') {
        event.preventDefault()
        if (event.key === 'ArrowDown') buttons[0]?.focus()
        // Where nothing is looked for, the first one is nobody's choice.
        else if (word.value.trim() !== '') buttons[0]?.click()
      }
      return
    }
    const step = STEPS[event.key]
    if (at < 0 || step === undefined) return
    event.preventDefault()
    if (at + step < 0) field.current?.focus()
    else buttons[Math.min(buttons.length - 1, at + step)]?.focus()
  }

  const { value } = data
  const found = typeof value === 'object' ? shown(value.all) : []
  const isNothingFound = word.value.trim() !== '' && found.length === 0
  return (
    <div
      ref={box}
      popover="auto"
      role="dialog"
      tabIndex={-1}
      class="menu emoji-picker"
      aria-label={emojiWords.title}
      onToggle={({ newState }) => newState === 'closed' && onClose()}
      onKeyDown={onKeyDown}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) currentTarget.hidePopover()
      }}
    >
      <input
        ref={field}
        id={id}
        class="field"
        type="search"
        autocomplete="off"
        aria-label={emojiWords.search}
        placeholder={emojiWords.search}
        value={word.value}
        onInput={({ currentTarget }) => {
          word.value = currentTarget.value
        }}
      />
      {value === 'loading' && <p class="hint">{emojiWords.loading}</p>}
      {value === 'missing' && <p class="problem">{words.notLoaded}</p>}
      {typeof value === 'object' && (
        <>
          <EmojiGroups
            all={value.all}
            current={group.value}
            isShown={word.value.trim() === ''}
            choose={(number) => {
              word.value = ''
              group.value = number
            }}
          />
          <div class="emoji-grid">
            <p role="status" class={isNothingFound ? 'hint whole-row' : 'visually-hidden'}>
              {word.value.trim() !== '' && emojiWords.found(found.length)}
            </p>
            {found.map(({ emoji, name }, index) => (
              <button
                key={emoji}
                type="button"
                class="menu-emoji"
                tabIndex={index === 0 ? 0 : -1}
                aria-label={`${emoji} ${name}`}
                title={name}
                onClick={() => pick(emoji)}
              >
                {emoji}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  )
}
