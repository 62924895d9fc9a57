import { newRoomUrl } from '../earshot.ts'
import type { RoomErrorCode } from '../room/types.ts'
import { forgottenText, laterWords } from '../texts/page/later-text.ts'
import { words } from '../texts/page/text.ts'
import { Card } from './Card.tsx'
import { follow, goTo } from './pages.ts'

/** A page that says why there is no room here, and ways on. */
function Notice({ title, message, canStart }: { title: string; message: string; canStart: boolean }) {
  return (
    <Card title={title}>
      <p class="start-pitch">{message}</p>
      <div class="button-row">
        {canStart && (
          <button type="button" class="button primary" onClick={() => goTo(newRoomUrl(location.origin))}>
            {words.newRoom}
          </button>
        )}
        <a class="button" href="/" onClick={follow}>
          {words.startPage}
        </a>
      </div>
    </Card>
  )
}

/** A room URL that leads nowhere. */
export function Fault({ message }: { message: string }) {
  return <Notice title={laterWords.faultTitle} message={message} canStart />
}

/** A room that was forgotten on this device just now. */
export function Forgotten({ name }: { name: string }) {
  return <Notice title={laterWords.forgottenTitle} message={forgottenText(name)} canStart />
}

/** A browser, or an address, that can't do what a room needs. */
export function Unsupported({ code, message }: { code: RoomErrorCode; message: string }) {
  if (code === 'no-webrtc')
    return <Notice title={laterWords.noWebrtcTitle} message={laterWords.noWebrtc} canStart={false} />
  return <Notice title={laterWords.noCryptoTitle} message={message} canStart={false} />
}
