/** What is wrong with an invite or answer code, and what to do next. `kind` is what was wanted. */

type Kind = 'invite' | 'answer'

export const codeFaultTexts = {
  none: (kind: Kind): string =>
    `There is no ${kind} code in that: it begins with “earshot-${kind}:”. Copy all of it, and paste it here.`,
  'other-kind': (kind: Kind): string =>
    kind === 'answer'
      ? 'This is an invite code. Send it to the newcomer, and paste here the answer code that they send back.'
      : 'This is an answer code. Send it to whoever invited you, and paste here only an invite code.',
  damaged: (kind: Kind): string =>
    `Something of this ${kind} code is missing or was changed on its way. Copy all of it again.`,
  newer: (kind: Kind): string =>
    `This ${kind} code was made by another version of this page. Reload the older of both pages, and begin with a new code.`,
  foreign: (kind: Kind): string =>
    `This ${kind} code is for another room, or for another password. Check that both of you opened the same link.`,
} as const

export const codeErrorTexts = {
  own: 'This is your own invite code. Send it to the newcomer, who pastes it on their page.',
  expired: (kind: Kind): string =>
    kind === 'answer'
      ? 'This answer came too late: a code works for 10 minutes. Make a new code and send them that.'
      : "This invite code has expired: a code works for 10 minutes. Ask for a new one. If it was made just now, check this device's clock.",
  unanswered: 'Nobody took your answer code within the 10 minutes that it worked. Ask for a new invite code.',
  used: 'This code was answered already, and each is for one person. Make a new code for the next.',
  unmatched: 'This answer belongs to no code that still waits on this page. Make a new code and send them that.',
  linked: 'You are connected to them already: there is nothing more to do.',
  failed: (kind: Kind): string =>
    `No connection came up. ${kind === 'answer' ? 'Make' : 'Ask for'} a new code and try once more; if it fails again, your networks may not let you connect directly.`,
  cancelled: 'This code was given up. Begin with a new one.',
  noNetwork: 'This device has no network address that anybody could reach. Connect it, and try again.',
} as const
