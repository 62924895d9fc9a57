import { type Signal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useId, useLayoutEffect } from 'preact/hooks'
import { completionWords } from '../texts/page/message-text.ts'
import { displayName } from '../texts/page/name-text.ts'
import { Avatar } from './Avatar.tsx'
import { namesLike, type Unfinished, unfinishedAt } from './completion.ts'
import { useEmojiCodes } from './emoji-codes.ts'
import type { RoomState } from './state.ts'
import { useTyped } from './typed.ts'

/** Choices offered at once. */
const MOST = 8

interface Choice {
  readonly insert: string
  /** An emoji, or a name. */
  readonly sign: string
  /** What an emoji is called; null for a name. */
  readonly code: string | null
}

/** What the field needs to know of the choices: whether they take a key, and which is active. */
export interface Completing {
  /** Whether a key was meant for the choices. */
  key: ((event: KeyboardEvent) => boolean) | null
  /** The ids of the list and of the active choice. */
  readonly active: Signal<{ readonly list: string; readonly choice: string } | null>
}

interface Props {
  state: RoomState
  /** What stands in the field. */
  text: string
  field: RefObject<HTMLTextAreaElement | null>
  completing: Completing
  /** Puts a text in the place of what stands between two places. */
  insert: (from: number, to: number, text: string) => void
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

const choicesOf = async ({ kind, word }: Unfinished, names: readonly string[]): Promise<Choice[]> => {
  if (kind === 'mention') return namesLike(names, word).map((name) => ({ insert: `@${name} `, sign: name, code: null }))
  const { findEmoji } = await import('./emoji.ts')
  return findEmoji(word, MOST).map(({ emoji, code }) => ({ insert: `${emoji} `, sign: emoji, code: `:${code}:` }))
}

/** Offers to complete what was just typed: arrow keys choose, Enter and Tab take, Escape and a move of the caret close. */
export function Completion({ state, text, field, completing, insert }: Props) {
  const id = useId()
  const found = useSignal<readonly Choice[]>([])
  const at = useSignal(0)
  const { place, isThere } = useTyped(field, text)
  useEmojiCodes(field, insert)
  const typed = place.value
  const unfinished = typed && unfinishedAt(typed.text, typed.caret)
  const others = state.names.value.all.filter((name) => name !== state.names.value.me)
  // Before the next key: it must not meet choices for what stood there before.
  useLayoutEffect(() => {
    let isOver = false
    at.value = 0
    if (!unfinished) found.value = []
    else
      choicesOf(unfinished, others).then(
        (choices) => {
          if (!isOver) found.value = choices.slice(0, MOST)
        },
        // Without the list of emoji there is nothing to offer.
        () => {},
      )
    return () => {
      isOver = true
    }
  }, [typed])

  const take = (choice: Choice | undefined) => {
    if (typed && unfinished && choice) insert(unfinished.from, typed.caret, choice.insert)
    found.value = []
  }
  const idOf = (name: string) => state.members.value.find((member) => member.name === name)?.id ?? ''
  const choices = unfinished ? found.value : []
  /** The only choice is there already: nothing is left to complete. */
  const isWhole = ([only, other]: readonly Choice[]) =>
    typed && unfinished && only && !other && isSame(only.insert.trim(), typed.text.slice(unfinished.from, typed.caret))
  const { length } = choices
  const { active } = completing
  useLayoutEffect(() => {
    active.value = length > 0 ? { list: id, choice: `${id}-${at.value}` } : null
  }, [length, at.value])
  useLayoutEffect(() => {
    document.getElementById(`${id}-${at.value}`)?.scrollIntoView({ block: 'nearest' })
  }, [choices, at.value])
  useLayoutEffect(
    () => () => {
      completing.key = null
      active.value = null
    },
    [],
  )
  useLayoutEffect(() => {
    completing.key = (event) => {
      if (length === 0 || event.isComposing || !isThere()) return false
      const isEnter = event.key === 'Enter' && !event.shiftKey
      if (event.key === 'ArrowDown') at.value = (at.value + 1) % length
      else if (event.key === 'ArrowUp') at.value = (at.value + length - 1) % length
      else if (event.key === 'Escape') found.value = []
      else if (event.key === 'Tab' || (isEnter && !isWhole(choices))) take(choices[at.value])
      else return false
      return true
    }
  })
  if (length === 0) return null
  return (
    <div
      id={id}
      class="completion"
      role="listbox"
      aria-label={completionWords[unfinished?.kind ?? 'mention']}
      // It may scroll.
      tabIndex={0}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      {choices.map((choice, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
        <div
          key={choice.insert}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at.value}
          onClick={() => take(choice)}
        >
          {choice.code === null ? (
            <>
              <Avatar id={idOf(choice.sign)} name={choice.sign} />
              <span class="name">{displayName(choice.sign)}</span>
            </>
          ) : (
            <>
              <span class="emoji">{choice.sign}</span> {choice.code}
            </>
          )}
        </div>
      ))}
    </div>
  )
}
