/** Why an identity can't be replaced, exported or imported. */

export const identityFaultTexts = {
  damaged: 'This is no identity file, or it is damaged.',
  password: 'That is not the password of this file.',
  'weak-password': 'Take a password of at least 8 characters: whoever gets the file can try many.',
  'not-exportable':
    "This identity was made before identities could be exported, and can't be taken out of this browser. A new one can.",
} as const

export const identityFailedText = (reason: string): string => `That didn't work: ${reason}`
