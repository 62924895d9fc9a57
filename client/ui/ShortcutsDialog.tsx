import { Dialog } from './Dialog.tsx'
import { SHORTCUTS, shortcutWords } from './texts/presence-text.ts'

/** Which keys do what. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={shortcutWords.title} onClose={onClose}>
      <dl class="facts">
        {SHORTCUTS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
