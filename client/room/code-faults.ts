/** What is wrong with a code that somebody pasted, and what to do next. */
import type { CodeFault, CodeKind } from '../net/invite-code.ts'
import { RoomError } from './types.ts'

/** @param kind what was wanted */
export function codeFault(fault: CodeFault, kind: CodeKind): RoomError {
  const isAnswer = kind === 'answer'
  switch (fault) {
    case 'none':
      return new RoomError(
        'code-none',
        `There is no ${kind} code in that: it begins with “earshot-${kind}:”. Copy all of it, and paste it here.`,
      )
    case 'other-kind':
      return new RoomError(
        'code-other-kind',
        isAnswer
          ? 'This is an invite code. Send it to the newcomer, and paste here the answer code that they send back.'
          : 'This is an answer code. Send it to whoever invited you, and paste here only an invite code.',
      )
    case 'damaged':
      return new RoomError(
        'code-damaged',
        `Something of this ${kind} code is missing or was changed on its way. Copy all of it again.`,
      )
    case 'newer':
      return new RoomError(
        'code-newer',
        `This ${kind} code was made by another version of this page. Reload the older of both pages, and begin with a new code.`,
      )
    case 'foreign':
      return new RoomError(
        'code-foreign',
        `This ${kind} code is for another room, or for another password. Check that both of you opened the same link.`,
      )
  }
}

export const codeErrors = {
  own: () =>
    new RoomError('code-own', 'This is your own invite code. Send it to the newcomer, who pastes it on their page.'),
  expired: (kind: CodeKind) =>
    new RoomError(
      'code-expired',
      kind === 'answer'
        ? 'This answer came too late: a code works for 10 minutes. Make a new code and send them that.'
        : "This invite code has expired: a code works for 10 minutes. Ask for a new one. If it was made just now, check this device's clock.",
    ),
  unanswered: () =>
    new RoomError(
      'code-expired',
      'Nobody took your answer code within the 10 minutes that it worked. Ask for a new invite code.',
    ),
  used: () =>
    new RoomError(
      'code-used',
      'This code was answered already, and each is for one person. Make a new code for the next.',
    ),
  unmatched: () =>
    new RoomError(
      'code-unmatched',
      'This answer belongs to no code that still waits on this page. Make a new code and send them that.',
    ),
  linked: () => new RoomError('code-linked', 'You are connected to them already: there is nothing more to do.'),
  failed: (kind: CodeKind) =>
    new RoomError(
      'code-failed',
      `No connection came up. ${kind === 'answer' ? 'Make' : 'Ask for'} a new code and try once more; if it fails again, your networks may not let you connect directly.`,
    ),
  cancelled: () => new RoomError('code-failed', 'This code was given up. Begin with a new one.'),
  noNetwork: () =>
    new RoomError(
      'no-network',
      'This device has no network address that anybody could reach. Connect it, and try again.',
    ),
}
