import type { Standing } from './types.ts'

/** Of whom nothing is known. */
export const STRANGER: Standing = { verified: false, hidden: false, known: 'new', formerName: null, caution: null }
