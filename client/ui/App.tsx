import { lazy } from './lazy.tsx'
import { Fault, Unsupported } from './Notice.tsx'
import { page } from './pages.ts'
import { RoomPage } from './RoomPage.tsx'
import { Start } from './Start.tsx'
import { words } from './text.ts'

const PasswordPage = lazy(
  (later) => later.PasswordPage,
  () => <Fault message={words.notLoaded} />,
)

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
    case 'unsupported':
      return <Unsupported code={shown.code} message={shown.message} />
    case 'room':
      return <RoomPage key={shown.visit} state={shown.state} />
  }
}
