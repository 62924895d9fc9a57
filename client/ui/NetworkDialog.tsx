import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Answer, checkNetwork, type Nat, type NetworkReport } from '../earshot.ts'
import {
  addressText,
  answerText,
  natText,
  networkVerdictText,
  networkWords,
  serverText,
  signalingText,
} from '../texts/page/network-text.ts'
import { Dialog } from './Dialog.tsx'

type Mark = 'busy' | 'good' | 'away' | 'alone'

const MARKS: Readonly<Record<Answer, Mark>> = { asking: 'busy', works: 'good', refused: 'away', silent: 'away' }
const NAT_MARKS: Readonly<Record<Nat, Mark>> = {
  ...{ none: 'good', steady: 'good', strict: 'alone', blocked: 'away' },
  ...{ inside: 'alone', unknown: 'alone' },
}

function Line({ what, found, mark }: { what: string; found: string; mark: Mark }) {
  return (
    <li class={`step ${mark === 'away' ? 'failed' : ''}`}>
      <span class={`dot ${mark}`} />
      <span class="step-what">{what}</span> <span class="step-state">{found}</span>
    </li>
  )
}

/** What was found so far, a line each. */
function Findings({ report }: { report: NetworkReport }) {
  return (
    <ul class="timeline" aria-label={networkWords.found}>
      <Line what={networkWords.signaling} found={signalingText(report)} mark={MARKS[report.signaling]} />
      <Line
        what={networkWords.address}
        found={addressText(report)}
        mark={report.hasAddress === null ? 'busy' : report.hasAddress ? 'good' : 'away'}
      />
      {report.servers.map((server) => (
        <Line
          key={server.url}
          what={serverText(server)}
          found={answerText(server.answer)}
          mark={MARKS[server.answer]}
        />
      ))}
      {report.signaling === 'works' && (
        <Line
          what={networkWords.nat}
          found={natText(report)}
          mark={report.nat ? NAT_MARKS[report.nat] : report.verdict === null ? 'busy' : 'alone'}
        />
      )}
    </ul>
  )
}

/** Finds out what the network lets through, and says what that means. */
export function NetworkDialog({ onClose }: { onClose: () => void }) {
  const report = useSignal<NetworkReport | null>(null)
  const round = useSignal(0)
  useEffect(
    () =>
      checkNetwork(location.origin, (found) => {
        report.value = found
      }),
    [round.value],
  )
  const isDone = report.value?.verdict != null
  return (
    <Dialog title={networkWords.title} onClose={onClose}>
      <div class="stack">
        <p role="status">{report.value && isDone ? networkVerdictText(report.value) : networkWords.checking}</p>
        {report.value && <Findings report={report.value} />}
        <button
          type="button"
          class="button"
          aria-disabled={!isDone}
          onClick={() => {
            if (!isDone) return
            report.value = null
            round.value++
          }}
        >
          {networkWords.again}
        </button>
      </div>
    </Dialog>
  )
}
