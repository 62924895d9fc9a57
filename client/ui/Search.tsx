import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { foundText, searchWords } from '../texts/page/search-text.ts'
import { highlight } from './highlights.ts'
import { CloseIcon, DownIcon, UpIcon } from './Icons.tsx'
import { findMessages, readQuery } from './search.ts'
import type { RoomState } from './state.ts'

export interface SearchProps {
  state: RoomState
  onClose: () => void
}

/** Looks for messages in the whole conversation: Enter leads to older ones, Shift+Enter to newer ones, Escape closes. */
export function Search({ state, onClose }: SearchProps) {
  const field = useRef<HTMLInputElement>(null)
  const typed = useSignal('')
  /** The id of the match that is shown; null until one is. */
  const current = useSignal<string | null>(null)
  useEffect(() => field.current?.focus(), [])
  const query = useMemo(() => readQuery(typed.value), [typed.value])
  const messages = state.messages.value
  const matches = useMemo(() => (query ? findMessages(messages, query) : []), [query, messages])
  const place = matches.findIndex(({ id }) => id === current.value)

  const goTo = (index: number) => {
    const id = matches.at(index % matches.length)?.id
    if (!id) return
    current.value = id
    state.show(id, { focus: false })
  }
  // The newest first, as one reads back.
  const older = () => goTo(place < 0 ? matches.length - 1 : place - 1)
  const newer = () => goTo(place < 0 ? matches.length - 1 : place + 1)
  useEffect(() => {
    current.value = null
    if (matches.length > 0) goTo(matches.length - 1)
  }, [query])
  // What is drawn changes with the range, too.
  const { start, end } = state.range.value
  useEffect(() => {
    const key = matches.find(({ id }) => id === current.value)?.key ?? null
    return highlight(query?.words ?? [], key)
  }, [query, matches, current.value, start, end])

  return (
    // biome-ignore lint/a11y/useSemanticElements: older browsers know no search element
    <div
      role="search"
      class="search"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        onClose()
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <input
        ref={field}
        class="field"
        type="search"
        dir="auto"
        autocomplete="off"
        aria-label={searchWords.search}
        placeholder={searchWords.placeholder}
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.isComposing) return
          if (event.shiftKey) newer()
          else older()
          event.preventDefault()
        }}
      />
      <span role="status" class="search-found">
        {query ? foundText(place, matches.length) : ''}
      </span>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={searchWords.older}
        disabled={matches.length === 0}
        onClick={older}
      >
        <UpIcon />
      </button>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={searchWords.newer}
        disabled={matches.length === 0}
        onClick={newer}
      >
        <DownIcon />
      </button>
      <button type="button" class="button quiet icon-only" aria-label={searchWords.close} onClick={onClose}>
        <CloseIcon />
      </button>
    </div>
  )
}
