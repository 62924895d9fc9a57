import { useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import type { InspectedVisit, Inspection, Member, Timeline } from '../room/types.ts'
import {
  attemptText,
  candidatesText,
  connectionWords,
  pathText,
  refusalText,
  reportText,
  roundTripText,
  stepStateText,
  stepText,
  verdictText,
} from '../texts/page/connection-text.ts'
import { memberActionText } from '../texts/page/text.ts'
import { CopyLink } from './CopyLink.tsx'
import { Dialog } from './Dialog.tsx'
import { CopyIcon } from './MenuIcons.tsx'
import type { RoomState } from './state.ts'

function Attempt({ timeline }: { timeline: Timeline }) {
  const { steps, candidates, refusals } = timeline
  const heading = useId()
  return (
    <section class="attempt">
      <h3 id={heading}>{attemptText(timeline)}</h3>
      <ol class="timeline" aria-label={`${connectionWords.timeline}, ${attemptText(timeline)}`}>
        {steps.map((step) => (
          <li key={step.name} class={`step ${step.state}`}>
            <span>{stepText(step)}</span> <span class="step-state">{stepStateText(step)}</span>
          </li>
        ))}
      </ol>
      <dl class="facts">
        <dt>{`${connectionWords.candidates}: ${connectionWords.own}`}</dt>
        <dd>{candidatesText(candidates.own)}</dd>
        <dt>{`${connectionWords.candidates}: ${connectionWords.other}`}</dt>
        <dd>{candidatesText(candidates.other)}</dd>
        {refusals.length > 0 && <dt>{connectionWords.servers}</dt>}
        {refusals.map((refusal) => (
          <dd key={refusalText(refusal)}>{refusalText(refusal)}</dd>
        ))}
      </dl>
    </section>
  )
}

function Visit({ visit, name }: { visit: InspectedVisit; name: string | null }) {
  const { path, verdict, attempts } = visit
  return (
    <div class="stack">
      <dl class="facts">
        <dt>{connectionWords.route}</dt>
        <dd>{pathText(path)}</dd>
        <dt>{connectionWords.roundTrip}</dt>
        <dd>{roundTripText(path)}</dd>
      </dl>
      {verdict && <p class="problem">{verdictText(name, verdict)}</p>}
      {attempts.map((timeline, index) => (
        <Attempt key={index} timeline={timeline} />
      ))}
      {attempts.length === 0 && <p class="hint">{connectionWords.nothing}</p>}
    </div>
  )
}

/** How one is connected to a member, or why not; without a member, to those who have not introduced themselves yet. */
export function ConnectionDialog({
  state,
  member,
  onClose,
}: {
  state: RoomState
  member: Member | null
  onClose: () => void
}) {
  const inspection = useSignal<Inspection | null>(null)
  const id = member?.id ?? null
  useEffect(
    () =>
      state.room.inspect(id, (seen) => {
        inspection.value = seen
      }),
    [id],
  )
  const seen = inspection.value
  return (
    <Dialog
      title={member ? memberActionText('Connection to', member.name) : connectionWords.nobodyTitle}
      onClose={onClose}
    >
      {seen && (
        <div class="stack">
          {seen.visits.map((visit) => (
            <Visit key={visit.visit} visit={visit} name={member?.name ?? null} />
          ))}
          {seen.visits.length === 0 && <p class="hint">{member ? connectionWords.gone : connectionWords.nothing}</p>}
          <CopyLink
            url={reportText(seen, state.connection.value)}
            label={connectionWords.copyReport}
            Icon={CopyIcon}
            isPrimary={false}
          />
          <p class="hint">{connectionWords.reportHint}</p>
        </div>
      )}
    </Dialog>
  )
}
