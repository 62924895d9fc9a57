import { useRef } from 'preact/hooks'
import { emojiWords } from '../texts/page/message-text.ts'
import { moveAmong } from './move-among.ts'
import { recentEmoji } from './recent-emoji.ts'

type Data = typeof import('./emoji.ts')

/** Stands before the groups of the data: the emoji picked last. */
export const RECENT = -1

interface Group {
  readonly number: number
  readonly name: string
  /** An emoji that stands for it. */
  readonly face: string
}

function groupsOf({ ALL, GROUPS }: Data): Group[] {
  const named = GROUPS.map((number) => {
    const face = ALL.find(({ group }) => group === number)?.emoji ?? ''
    return { number, name: emojiWords.groups[number], face }
  })
  return recentEmoji().length > 0 ? [{ number: RECENT, name: emojiWords.recent, face: '🕘' }, ...named] : named
}

interface Props {
  all: Data
  /** The number of the group that a keyboard comes to. */
  current: number
  /** Its emoji are those that are shown. */
  isShown: boolean
  choose: (group: number) => void
}

/** The groups of emoji in a row. Arrow keys lead from one to the next. */
export function EmojiGroups({ all, current, isShown, choose }: Props) {
  const row = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const hasMoved = moveAmong(event, [...(row.current?.querySelectorAll('button') ?? [])])
    if (hasMoved && document.activeElement instanceof HTMLElement) document.activeElement.click()
  }
  return (
    <div ref={row} role="radiogroup" class="menu-emojis" aria-label={emojiWords.group} onKeyDown={onKeyDown}>
      {groupsOf(all).map(({ number, name, face }) => (
        // biome-ignore lint/a11y/useSemanticElements: nobody sends this as a form, and an emoji is its face
        <button
          key={number}
          type="button"
          role="radio"
          class="menu-emoji"
          tabIndex={number === current ? 0 : -1}
          aria-label={name}
          aria-checked={isShown && number === current}
          title={name}
          onClick={() => choose(number)}
        >
          {face}
        </button>
      ))}
    </div>
  )
}
