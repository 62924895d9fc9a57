/** What a room can begin without, in one chunk: each further one would cut what it shares with the page into smaller files. */
export { judge } from '../net/verdict.ts'
export { Inspector } from './inspector.ts'
export { Invitations } from './invitations.ts'
export { People } from './people.ts'
export { makeTranscript } from './transcript.ts'
