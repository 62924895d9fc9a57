import { laterWords } from '../texts/page/later-text.ts'

/** Hands the link to the system's share sheet; nothing where there is none. */
export function ShareLink({ url }: { url: string }) {
  if (!('share' in navigator)) return null
  return (
    <button
      type="button"
      class="button"
      // Whoever closes the sheet has decided.
      onClick={() => void navigator.share({ url, title: laterWords.shareTitle }).catch(() => {})}
    >
      {laterWords.share}
    </button>
  )
}
