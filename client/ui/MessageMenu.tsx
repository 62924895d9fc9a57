import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import type { Message } from '../room/types.ts'
import { messageWords, reactWith } from '../texts/page/message-text.ts'
import { words } from '../texts/page/text.ts'
import { dateOf, exactTime } from '../texts/page/time-text.ts'
import { copyText } from './copy.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { EmojiPicker } from './EmojiPicker.tsx'
import { LinkIcon } from './Icons.tsx'
import { CopyIcon, DeleteIcon, EditIcon, PlusIcon, ReplyIcon } from './MenuIcons.tsx'
import { closing } from './opened.ts'
import { Popup, PopupItem, PopupLine } from './Popup.tsx'
import { permalink } from './permalink.ts'
import type { RoomState } from './state.ts'

/** Offered first; any other emoji through the picker. */
const QUICK = ['👍', '❤️', '😂', '🎉', '😮', '😢']

interface MenuProps {
  state: RoomState
  message: Message
  id: string
  anchor: HTMLElement
  close: () => void
  remove: () => void
  /** Asks for any emoji to react with. */
  pick: () => void
}

/** What one can do with a message. */
function Menu({ state, message, id, anchor, close, remove, pick }: MenuProps) {
  const copy = async (text: string) => {
    const isCopied = await copyText(text, anchor)
    state.say(isCopied ? messageWords.copied : messageWords.notCopied)
  }
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
        onClick={() => state.act((room) => room.react(id, each, !isMine))}
      >
        {each}
      </button>
    )
  }
  const date = dateOf(message.at)
  return (
    <Popup label={messageWords.menu} anchor={anchor} onClose={close}>
      {date && (
        <time class="menu-time" dateTime={date.toISOString()}>
          {exactTime(date)}
        </time>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu */}
      <div role="group" class="menu-emojis" aria-label={messageWords.react}>
        {QUICK.map(emoji)}
        <button
          type="button"
          role="menuitem"
          class="menu-emoji"
          tabIndex={-1}
          aria-label={messageWords.moreEmoji}
          title={messageWords.moreEmoji}
          onClick={pick}
        >
          <PlusIcon />
        </button>
      </div>
      <PopupItem name={words.reply} Icon={ReplyIcon} onChoose={() => state.compose({ kind: 'reply', id })} />
      <PopupItem name={messageWords.copy} Icon={CopyIcon} onChoose={() => copy(message.text)} />
      <PopupItem
        name={messageWords.copyLink}
        Icon={LinkIcon}
        onChoose={() => copy(permalink(state.room.inviteUrl, id))}
      />
      {message.mine && (
        <>
          <PopupLine />
          <PopupItem name={messageWords.edit} Icon={EditIcon} onChoose={() => state.compose({ kind: 'edit', id })} />
          <PopupItem name={messageWords.delete} Icon={DeleteIcon} isDanger onChoose={remove} />
        </>
      )}
    </Popup>
  )
}

/** The menu of the message for which it was asked, and what follows from it. */
export function MessageMenu({ state }: { state: RoomState }) {
  const picking = useSignal<{ readonly id: string; readonly anchor: HTMLElement } | null>(null)
  const open = state.menu.value
  const deleting = state.deleting.value
  // Looked at again whenever something about messages changes.
  state.messages.value
  const message = open && state.room.message(open.id)
  const isGone = open !== null && (!message || message.deleted)
  const picked = picking.value && state.room.message(picking.value.id)
  const isPickGone = picking.value !== null && (!picked || picked.deleted)
  useLayoutEffect(() => {
    if (isGone) state.menu.value = null
    if (isPickGone) picking.value = null
  }, [isGone, isPickGone])
  // Whoever comes back to the room finds nothing open that they had left.
  useLayoutEffect(
    () => () => {
      state.menu.value = null
      state.deleting.value = null
    },
    [],
  )
  return (
    <>
      {open && message && !isGone && (
        <Menu
          key={open}
          state={state}
          message={message}
          id={open.id}
          anchor={open.anchor}
          close={closing(state.menu, open)}
          remove={() => {
            state.deleting.value = open
          }}
          pick={() => {
            picking.value = open
          }}
        />
      )}
      {picking.value && !isPickGone && (
        <EmojiPicker
          key={picking.value}
          anchor={picking.value.anchor}
          onPick={(emoji) => {
            const id = picking.value?.id
            if (id) state.act((room) => room.react(id, emoji, true))
          }}
          onClose={closing(picking, picking.value)}
        />
      )}
      {deleting && (
        <DeleteDialog
          key={deleting}
          id={deleting.id}
          state={state}
          onClose={() => {
            // The button goes with the text, and the focus must not go with it.
            deleting.anchor.closest('article')?.focus({ preventScroll: true })
            closing(state.deleting, deleting)()
          }}
        />
      )}
    </>
  )
}
