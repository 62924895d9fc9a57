import { declined, mayAsk, turnOn } from './notifications.ts'
import { roomsWords } from './texts/rooms-text.ts'

/** Asks once, after a message that nobody saw come, whether to tell of them. */
export function NotifyNotice() {
  return (
    <div role="status" aria-label={roomsWords.notifications}>
      {mayAsk.value && (
        <div class="notice question">
          <p>{roomsWords.ask}</p>
          <div class="button-row">
            <button type="button" class="button primary" onClick={() => void turnOn()}>
              {roomsWords.turnOn}
            </button>
            <button type="button" class="button" onClick={declined}>
              {roomsWords.notNow}
            </button>
          </div>
        </div>
      )}
    </div>
  )
}
