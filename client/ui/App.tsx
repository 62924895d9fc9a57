import { words } from '../texts/page/text.ts'
import { Card } from './Card.tsx'
import { lazy } from './lazy.tsx'
import { page } from './pages.ts'
import { RoomPage } from './RoomPage.tsx'
import { Start } from './Start.tsx'

/** Stands where a page could not be loaded. */
const MissingPage = () => (
  <Card title={words.notLoadedTitle}>
    <p class="start-pitch">{words.notLoaded}</p>
  </Card>
)

const Fault = lazy((later) => later.Fault, MissingPage)
const Forgotten = lazy((later) => later.Forgotten, MissingPage)
const PasswordPage = lazy((later) => later.PasswordPage, MissingPage)
const Unsupported = lazy((later) => later.Unsupported, MissingPage)

/** The whole page. */
export function App() {
  const shown = page.value
  switch (shown.kind) {
    case 'start':
      return <Start />
    case 'password':
      return <PasswordPage key={shown.url} url={shown.url} />
    case 'fault':
      return <Fault message={shown.message} />
    case 'forgotten':
      return <Forgotten name={shown.name} />
    case 'unsupported':
      return <Unsupported code={shown.code} message={shown.message} />
    case 'room':
      return <RoomPage key={shown.room.visit} state={shown.room.state} />
  }
}
