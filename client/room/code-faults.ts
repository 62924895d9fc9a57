/** What is wrong with a code that somebody pasted. */
import type { CodeFault, CodeKind } from '../net/invite-code.ts'
import { codeErrorTexts, codeFaultTexts } from '../texts/code-fault-text.ts'
import { RoomError } from './types.ts'

/** @param kind what was wanted */
export const codeFault = (fault: CodeFault, kind: CodeKind): RoomError =>
  new RoomError(`code-${fault}`, codeFaultTexts[fault](kind))

export const codeErrors = {
  own: () => new RoomError('code-own', codeErrorTexts.own),
  expired: (kind: CodeKind) => new RoomError('code-expired', codeErrorTexts.expired(kind)),
  unanswered: () => new RoomError('code-expired', codeErrorTexts.unanswered),
  used: () => new RoomError('code-used', codeErrorTexts.used),
  unmatched: () => new RoomError('code-unmatched', codeErrorTexts.unmatched),
  linked: () => new RoomError('code-linked', codeErrorTexts.linked),
  failed: (kind: CodeKind) => new RoomError('code-failed', codeErrorTexts.failed(kind)),
  cancelled: () => new RoomError('code-failed', codeErrorTexts.cancelled),
  noNetwork: () => new RoomError('no-network', codeErrorTexts.noNetwork),
}
