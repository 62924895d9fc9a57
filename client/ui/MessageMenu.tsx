import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Message } from '../room/types.ts'
import { copyText } from './copy.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { EmojiPicker } from './EmojiPicker.tsx'
import { messageWords, reactWith } from './message-text.ts'
import { moveAmong } from './move-among.ts'
import { permalink } from './permalink.ts'
import { placeBeside } from './place-beside.ts'
import type { RoomState } from './state.ts'

/** Offered first; any other emoji through the picker. */
const QUICK = ['👍', '❤️', '😂', '🎉', '😮', '😢']

interface MenuProps {
  state: RoomState
  message: Message
  id: string
  anchor: HTMLElement
  remove: () => void
  /** Asks for any emoji to react with. */
  pick: () => void
}

/** What one can do with a message: a menu beside its button. Escape and a click elsewhere close it, by the platform. */
function Menu({ state, message, id, anchor, remove, pick }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  const items = () => [...(menu.current?.querySelectorAll('button') ?? [])]
  const close = () => menu.current?.hidePopover()
  useLayoutEffect(() => {
    menu.current?.showPopover()
    if (menu.current) placeBeside(menu.current, anchor)
    items()[0]?.focus()
  }, [])
  const copy = async (text: string) => {
    const isCopied = await copyText(text, anchor)
    state.say(isCopied ? messageWords.copied : messageWords.notCopied)
  }
  const item = (name: string, act: () => unknown) => (
    <button
      type="button"
      role="menuitem"
      class="menu-item"
      tabIndex={-1}
      onClick={() => {
        close()
        act()
      }}
    >
      {name}
    </button>
  )
  const emoji = (each: string): ComponentChildren => {
    const isMine = message.reactions.some((reaction) => reaction.emoji === each && reaction.mine)
    return (
      <button
        key={each}
        type="button"
        role="menuitemcheckbox"
        class="menu-emoji"
        tabIndex={-1}
        aria-label={reactWith(each)}
        aria-checked={isMine}
        onClick={() => {
          close()
          state.act((room) => room.react(id, each, !isMine))
        }}
      >
        {each}
      </button>
    )
  }
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      class="menu"
      aria-label={messageWords.menu}
      onToggle={({ newState }) => {
        if (newState === 'closed') state.menu.value = null
      }}
      onKeyDown={(event) => {
        if (event.key === 'Tab') close()
        else moveAmong(event, items())
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu */}
      <div role="group" class="menu-emojis" aria-label={messageWords.react}>
        {QUICK.map(emoji)}
      </div>
      {item(messageWords.moreEmoji, pick)}
      {item(messageWords.reply, () => state.compose({ kind: 'reply', id }))}
      {item(messageWords.copy, () => copy(message.text))}
      {item(messageWords.copyLink, () => copy(permalink(state.room.inviteUrl, id)))}
      {message.mine && item(messageWords.edit, () => state.compose({ kind: 'edit', id }))}
      {message.mine && item(messageWords.delete, remove)}
    </div>
  )
}

/** The menu of the message for which it was asked, and what follows from it. */
export function MessageMenu({ state }: { state: RoomState }) {
  const deleting = useSignal<string | null>(null)
  const picking = useSignal<{ readonly id: string; readonly anchor: HTMLElement } | null>(null)
  const open = state.menu.value
  const message = open && state.room.message(open.id)
  return (
    <>
      {open && message && (
        <Menu
          key={open.id}
          state={state}
          message={message}
          id={open.id}
          anchor={open.anchor}
          remove={() => {
            deleting.value = open.id
          }}
          pick={() => {
            picking.value = open
          }}
        />
      )}
      {picking.value && (
        <EmojiPicker
          anchor={picking.value.anchor}
          onPick={(emoji) => {
            const id = picking.value?.id
            if (id) state.act((room) => room.react(id, emoji, true))
          }}
          onClose={() => {
            picking.value = null
          }}
        />
      )}
      {deleting.value !== null && (
        <DeleteDialog
          id={deleting.value}
          state={state}
          onClose={() => {
            deleting.value = null
          }}
        />
      )}
    </>
  )
}
