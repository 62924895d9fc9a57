import type { Caution } from '../room/types.ts'
import { cautionText, words } from '../texts/page/text.ts'
import { CautionIcon, VerifiedIcon } from './Icons.tsx'

/** What is known of somebody, beside their name: the mark of who is verified, or in words what is wrong with the name. */
export function Standing({ verified, caution }: { verified: boolean; caution: Caution | null }) {
  return (
    <>
      {verified && (
        <span class="verified" title={words.verified}>
          <VerifiedIcon />
          <span class="visually-hidden">{words.verified}</span>
        </span>
      )}
      {caution && (
        <span class="caution">
          <CautionIcon />
          {cautionText(caution)}
        </span>
      )}
    </>
  )
}
