import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { words } from '../texts/page/text.ts'
import { CloseIcon } from './Icons.tsx'

interface Props {
  title: string
  children: ComponentChildren
  /** Called once it is closed: by its button, Escape, or a click beside it. */
  onClose: () => void
}

/** Closes the dialog that an element is in: the platform gives the focus back, and `onClose` follows. */
export const closeAround = (element: Element): void => element.closest('dialog')?.close()

/** A modal dialog, open for as long as it is drawn. */
export function Dialog({ title, children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const isPressedBeside = useRef(false)
  useEffect(() => dialog.current?.showModal(), [])
  const close = () => dialog.current?.close()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the platform
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={heading}
      onClose={onClose}
      // A selection that is drawn out of the dialog ends in a click on it, too.
      onPointerDown={({ target, currentTarget }) => {
        isPressedBeside.current = target === currentTarget
      }}
      onClick={({ target, currentTarget }) => isPressedBeside.current && target === currentTarget && close()}
    >
      <div class="dialog-content">
        <header class="dialog-header">
          <h2 id={heading}>{title}</h2>
          <button type="button" class="button quiet icon-only" aria-label={words.close} onClick={close}>
            <CloseIcon />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
