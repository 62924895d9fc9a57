/** Icons of what is loaded later. */
import { Icon } from './Icons.tsx'

export const CopyIcon = () => (
  <Icon>
    <rect x="8.5" y="8.5" width="11" height="11" rx="2.5" />
    <path d="M5.5 15.5A2 2 0 0 1 4.5 14V6.5a2 2 0 0 1 2-2H14a2 2 0 0 1 1.5 1" />
  </Icon>
)

export const EditIcon = () => (
  <Icon>
    <path d="M4.5 19.5l.9-4L15.6 5.3a2 2 0 0 1 2.8 0l.3.3a2 2 0 0 1 0 2.8L8.5 18.6zM13.6 7.3l3.1 3.1" />
  </Icon>
)

export const DeleteIcon = () => (
  <Icon>
    <path d="M4.5 6.5h15M9.5 6V4.5h5V6M6.5 6.5l.8 13h9.4l.8-13M10.2 10.5v5.5M13.8 10.5v5.5" />
  </Icon>
)

export const PlusIcon = () => (
  <Icon>
    <path d="M12 5.5v13M5.5 12h13" />
  </Icon>
)

export const LeaveIcon = () => (
  <Icon>
    <path d="M10 4.5H6.5a1.5 1.5 0 0 0-1.5 1.5v12a1.5 1.5 0 0 0 1.5 1.5H10M14.5 8l4 4-4 4M18 12H9.5" />
  </Icon>
)

export const MutedIcon = () => (
  <Icon>
    <path d="M6 16.5h12l-1.5-2.5V10a4.5 4.5 0 0 0-7.5-3.3M7.6 9.3 7.5 14 6 16.5M10.3 19.5a2 2 0 0 0 3.4 0M4.5 4.5l15 15" />
  </Icon>
)

export const BellIcon = () => (
  <Icon>
    <path d="M6 16.5h12L16.5 14v-4a4.5 4.5 0 0 0-9 0v4zM10.3 19.5a2 2 0 0 0 3.4 0" />
  </Icon>
)

export const EmojiIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.2" />
    <path d="M8.5 14.2c1.6 2.4 5.4 2.4 7 0M9.2 9.6v.1M14.8 9.6v.1" />
  </Icon>
)

export const ReplyIcon = () => (
  <Icon>
    <path d="M9.5 6 4.5 11l5 5M5 11h8.5a6 6 0 0 1 6 6v1" />
  </Icon>
)
