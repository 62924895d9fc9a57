import { messageWords } from '../texts/page/message-text.ts'
import { closeAround, Dialog } from './Dialog.tsx'
import { firstLine } from './first-line.ts'
import type { RoomState } from './state.ts'

/** Asks once more before a message is deleted, and says what that can do and what not. */
export function DeleteDialog({ id, state, onClose }: { id: string; state: RoomState; onClose: () => void }) {
  const message = state.room.message(id)
  return (
    <Dialog title={messageWords.deleteTitle} onClose={onClose}>
      <blockquote class="quote" dir="auto">
        {firstLine(message?.text ?? '')}
      </blockquote>
      <p>{messageWords.deleteHint}</p>
      <div class="button-row">
        <button
          type="button"
          class="button primary danger"
          onClick={({ currentTarget }) => {
            state.act((room) => room.delete(id))
            closeAround(currentTarget)
          }}
        >
          {messageWords.delete}
        </button>
        <button type="button" class="button" onClick={({ currentTarget }) => closeAround(currentTarget)}>
          {messageWords.cancel}
        </button>
      </div>
    </Dialog>
  )
}
