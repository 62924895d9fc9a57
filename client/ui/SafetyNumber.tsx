import { useEffect, useState } from 'preact/hooks'
import type { Member, Room } from '../room/types.ts'
import { differText, safetyWords, verifyText } from '../texts/page/people-text.ts'

interface Props {
  room: Room
  member: Member
  /** Called with what the person found out. */
  onResult: (verified: boolean) => void
}

/** The safety number to compare with a member, and what came of it. Loaded only when it is shown. */
export function SafetyNumber({ room, member: { id, name, verified }, onResult }: Props) {
  const [number, setNumber] = useState('')
  const [problem, setProblem] = useState('')
  useEffect(() => {
    room.safetyNumber(id).then(setNumber, ({ message }: Error) => setProblem(message))
  }, [id])
  return (
    <>
      <p class="hint">{verifyText(name, verified)}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div class="safety-number" role="group" aria-label={safetyWords.safetyNumber}>
        {number.split(' ').flatMap((digits, index) => [index > 0 && ' ', <span key={index}>{digits}</span>])}
      </div>
      <p class="problem" role="alert">
        {problem}
      </p>
      {!verified && <p class="hint">{differText(name)}</p>}
      <div class="button-row">
        {verified ? (
          <button type="button" class="button" onClick={() => onResult(false)}>
            {safetyWords.unverify}
          </button>
        ) : (
          <button type="button" class="button primary" disabled={number === ''} onClick={() => onResult(true)}>
            {safetyWords.theyMatch}
          </button>
        )}
      </div>
    </>
  )
}
