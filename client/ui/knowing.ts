/** What is needed only where people have to be told apart: one file of the page, loaded then. */

export { cautionAlert } from '../texts/page/people-text.ts'
export { SafetyNumber } from './SafetyNumber.tsx'
