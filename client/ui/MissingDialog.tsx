import { words } from '../texts/page/text.ts'
import { Dialog } from './Dialog.tsx'

/** Stands where a dialog could not be loaded. */
export function MissingDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.notLoadedTitle} onClose={onClose}>
      <p>{words.notLoaded}</p>
    </Dialog>
  )
}
