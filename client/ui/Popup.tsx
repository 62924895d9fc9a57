import type { ComponentChildren, ComponentType } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { moveAmong } from './move-among.ts'
import { usePlaceBeside } from './place-beside.ts'
import { usePressCloses } from './press-closes.ts'

interface Props {
  label: string
  /** The button beside which it stands. */
  anchor: HTMLElement
  /** Called once it is closed: by a choice, Escape, Tab or a click elsewhere. */
  onClose: () => void
  children: ComponentChildren
}

/** A menu beside a button. Arrow keys, Home and End lead through its buttons; the platform closes it and gives the focus back. */
export function Popup({ label, anchor, onClose, children }: Props) {
  const menu = useRef<HTMLDivElement>(null)
  const items = () => [...(menu.current?.querySelectorAll('button') ?? [])]
  useLayoutEffect(() => {
    menu.current?.showPopover()
    items()[0]?.focus()
  }, [])
  usePlaceBeside(menu, anchor)
  usePressCloses(anchor)
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      class="menu"
      aria-label={label}
      onToggle={({ newState }) => newState === 'closed' && onClose()}
      onKeyDown={(event) => {
        if (event.key === 'Tab') menu.current?.hidePopover()
        else moveAmong(event, items())
      }}
      // Before what the choice does, which may take the focus.
      onClickCapture={({ target }) =>
        target instanceof Element && target.closest('button') && menu.current?.hidePopover()
      }
    >
      {children}
    </div>
  )
}

interface ItemProps {
  name: string
  Icon: ComponentType
  /** What it does can't be undone. */
  isDanger?: boolean
  onChoose: () => unknown
}

/** One thing to choose in a popup. */
export function PopupItem({ name, Icon, isDanger = false, onChoose }: ItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      class={`menu-item ${isDanger ? 'danger' : ''}`}
      tabIndex={-1}
      onClick={onChoose}
    >
      <Icon />
      {name}
    </button>
  )
}

/** Sets apart what follows. */
export const PopupLine = () => <hr class="menu-line" />
