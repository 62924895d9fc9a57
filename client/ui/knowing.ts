/** What is needed only where people have to be told apart: one file of the page, loaded then. */

export { SafetyNumber } from './SafetyNumber.tsx'
export { cautionAlert } from './texts/people-text.ts'
