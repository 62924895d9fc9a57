import { useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { forgetRoomText, roomsWords } from '../texts/page/rooms-text.ts'
import { closeAround, Dialog } from './Dialog.tsx'
import { forgetListed, type RoomRow, renameRoom } from './room-list.ts'

interface Props {
  row: RoomRow
  onClose: () => void
}

/** Gives a room another name on this device. */
export function RenameDialog({ row, onClose }: Props) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  return (
    <Dialog title={roomsWords.renameTitle} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          renameRoom(row.url, field.current?.value ?? '')
          closeAround(event.currentTarget)
        }}
      >
        <label class="label" for={id}>
          {roomsWords.renameLabel}
        </label>
        <div class="field-row">
          <input
            ref={field}
            id={id}
            class="field"
            type="text"
            dir="auto"
            autofocus
            maxLength={64}
            defaultValue={row.name}
            // What is typed replaces the name.
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
          <button type="submit" class="button primary">
            {roomsWords.save}
          </button>
        </div>
        <p class="hint">{roomsWords.renameHint}</p>
      </form>
    </Dialog>
  )
}

/** Asks once more before all that is kept of a room is removed. */
export function ForgetRoomDialog({ row, onClose }: Props) {
  const problem = useSignal('')
  const forget = async (button: Element) => {
    try {
      await forgetListed(row.url)
      closeAround(button)
    } catch {
      problem.value = roomsWords.notForgotten
    }
  }
  return (
    <Dialog title={roomsWords.forgetTitle} onClose={onClose}>
      <p>{forgetRoomText(row.name)}</p>
      <p class="problem" role="alert">
        {problem.value}
      </p>
      <div class="button-row">
        <button type="button" class="button primary danger" onClick={({ currentTarget }) => void forget(currentTarget)}>
          {roomsWords.forget}
        </button>
        <button type="button" class="button" onClick={({ currentTarget }) => closeAround(currentTarget)}>
          {roomsWords.cancel}
        </button>
      </div>
    </Dialog>
  )
}
