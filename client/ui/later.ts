/**
 * What typing doesn't need: loaded after the page, all at once. One chunk rather than one each, since every further chunk
 * would cut what it shares with the page into smaller files, which compress worse.
 */
export { Completion } from './Completion.tsx'
export { Composing } from './Composing.tsx'
export { ConnectionDialog } from './ConnectionDialog.tsx'
export { EmojiPicker } from './EmojiPicker.tsx'
export { InviteDialog } from './InviteDialog.tsx'
export { JoinDialog } from './JoinDialog.tsx'
export { MessageMenu } from './MessageMenu.tsx'
export { deletedText, messageWords } from './message-text.ts'
export { NetworkDialog } from './NetworkDialog.tsx'
export { Fault, Forgotten, Unsupported } from './Notice.tsx'
export { PasswordPage } from './PasswordPage.tsx'
export { Quote } from './Quote.tsx'
export { Reactions } from './Reactions.tsx'
export { SettingsDialog } from './SettingsDialog.tsx'
export { Versions } from './Versions.tsx'
export { Written } from './Written.tsx'
