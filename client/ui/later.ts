/**
 * What typing doesn't need: loaded after the page, all at once. One chunk rather than one each, since every further chunk
 * would cut what it shares with the page into smaller files, which compress worse.
 */
export { ConnectionDialog } from './ConnectionDialog.tsx'
export { InviteDialog } from './InviteDialog.tsx'
export { JoinDialog } from './JoinDialog.tsx'
export { NetworkDialog } from './NetworkDialog.tsx'
export { Fault, Forgotten, Unsupported } from './Notice.tsx'
export { PasswordPage } from './PasswordPage.tsx'
export { SettingsDialog } from './SettingsDialog.tsx'
