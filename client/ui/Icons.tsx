import type { ComponentChildren } from 'preact'

/** A line drawing of 24 by 24 in the colour of the text. Always beside words, so hidden from screen readers. */
export function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

/** The mark: an ear, and the waves that reach it. */
export const Logo = () => (
  <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke-linecap="round" stroke-linejoin="round">
    <path
      class="logo-ear"
      d="M10.5 13.2a7.2 7.2 0 1 1 14.2 1.6c-.8 3.5-4.6 4.6-5.2 8-.4 2.5-1.9 4.2-4.2 4.2-1.7 0-3-.9-3.6-2.3"
    />
    <path class="logo-ear" d="M14.6 13.6a3.1 3.1 0 1 1 5.8 1.5c-.9 1.6-3 1.9-3.4 4" />
    <path class="logo-wave" d="M6.6 9.4a11.6 11.6 0 0 0 0 8.2" />
    <path class="logo-wave" d="M3 6.8a17 17 0 0 0 0 13.4" />
  </svg>
)

export const SendIcon = () => (
  <Icon>
    <path d="M5 12h13M12.5 5.5 19 12l-6.5 6.5" />
  </Icon>
)

export const LinkIcon = () => (
  <Icon>
    <path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1" />
  </Icon>
)

export const InviteIcon = () => (
  <Icon>
    <circle cx="10" cy="8" r="3.5" />
    <path d="M3.5 19.5c.6-3.6 3.2-5.5 6.5-5.5s5.9 1.9 6.5 5.5M18.5 8v6M15.5 11h6" />
  </Icon>
)

export const PeopleIcon = () => (
  <Icon>
    <circle cx="9" cy="8.5" r="3.3" />
    <path d="M2.8 19.5c.6-3.5 3-5.3 6.2-5.3s5.6 1.8 6.2 5.3M15.8 5.6a3.3 3.3 0 0 1 0 5.8M17.6 14.7c2 .7 3.3 2.4 3.7 4.8" />
  </Icon>
)

export const SettingsIcon = () => (
  <Icon>
    <path d="M4 7h9M19 7h1M4 17h1M11 17h9" />
    <circle cx="16" cy="7" r="2.6" />
    <circle cx="8" cy="17" r="2.6" />
  </Icon>
)

export const CloseIcon = () => (
  <Icon>
    <path d="m6.5 6.5 11 11M17.5 6.5l-11 11" />
  </Icon>
)

export const RoomsIcon = () => (
  <Icon>
    <path d="M4.5 5.5h15v10h-9l-4 3.5v-3.5h-2zM8.5 9h7M8.5 12h4.5" />
  </Icon>
)

export const MoreIcon = () => (
  <Icon>
    <path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3" />
  </Icon>
)

export const UpIcon = () => (
  <Icon>
    <path d="M12 19V6M5.5 11.5 12 5l6.5 6.5" />
  </Icon>
)

export const SearchIcon = () => (
  <Icon>
    <circle cx="10.5" cy="10.5" r="5.5" />
    <path d="m15 15 5 5" />
  </Icon>
)

export const DownIcon = () => (
  <Icon>
    <path d="M12 5v13M5.5 12.5 12 19l6.5-6.5" />
  </Icon>
)

export const OpenRoomIcon = () => (
  <Icon>
    <path d="M6 20V5.5A1.5 1.5 0 0 1 7.5 4H14v16M14 6l4.5 1.5V20M3.5 20h17M11 12v.5" />
  </Icon>
)

/** From one to another by way of a third. */
export const RelayIcon = () => (
  <Icon>
    <circle cx="5" cy="17" r="2" />
    <circle cx="12" cy="7" r="2" />
    <circle cx="19" cy="17" r="2" />
    <path d="M6.2 15.3 10.8 8.7M13.2 8.7l4.6 6.6" />
  </Icon>
)

export const DoneIcon = () => (
  <Icon>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
)

export const SendingIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="7.5" />
    <path d="M12 8v4l2.5 2" />
  </Icon>
)

/** A tick that nobody has answered: an outline around it, not filled. */
export const KeptIcon = () => (
  <Icon>
    <path d="M5 5.5h14v13H5z" stroke-dasharray="2.5 2.5" />
    <path d="m8.5 12 2.6 2.6 4.6-5.2" />
  </Icon>
)

export const SentIcon = () => (
  <Icon>
    <path d="m5.5 12.5 4.5 4.5 9-10" />
  </Icon>
)

export const DeliveredIcon = () => (
  <Icon>
    <path d="m2.5 12.5 4.5 4.5 8.5-10M12 16.2l.8.8 8.7-10" />
  </Icon>
)

/** Two ends, and what leads from one to the other. */
export const ConnectionIcon = () => (
  <Icon>
    <path d="M5 15.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M19 3.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M7.5 18H15a3 3 0 0 0 0-6H9a3 3 0 0 1 0-6h7.5" />
  </Icon>
)

export const VerifyIcon = () => (
  <Icon>
    <path d="M12 3.5 5 6v5.5c0 4.4 2.9 7.4 7 9 4.1-1.6 7-4.6 7-9V6zM9 11.8l2.2 2.2 3.8-4.2" />
  </Icon>
)

export const HideIcon = () => (
  <Icon>
    <path d="M3 12c2.2-4 5.2-6 9-6s6.8 2 9 6c-2.2 4-5.2 6-9 6s-6.8-2-9-6M5 19.5 19 4.5" />
    <circle cx="12" cy="12" r="2.6" />
  </Icon>
)

export const ShowIcon = () => (
  <Icon>
    <path d="M3 12c2.2-4 5.2-6 9-6s6.8 2 9 6c-2.2 4-5.2 6-9 6s-6.8-2-9-6" />
    <circle cx="12" cy="12" r="2.6" />
  </Icon>
)

export const CautionIcon = () => (
  <Icon>
    <path d="M12 4 3 19.5h18zM12 10v4.5M12 17v.1" />
  </Icon>
)

/** The mark of somebody verified: a seal with a tick, filled. */
export const VerifiedIcon = () => (
  <svg class="icon verified-icon" viewBox="0 0 24 24" aria-hidden="true">
    <rect class="seal" x="4" y="4" width="16" height="16" rx="3.5" />
    <rect class="seal" x="4" y="4" width="16" height="16" rx="3.5" transform="rotate(45 12 12)" />
    <path class="tick" d="m8 12.4 2.8 2.8 5.2-6" />
  </svg>
)
