import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { checkNetwork, type NetworkReport } from '../earshot.ts'
import { Dialog } from './Dialog.tsx'
import {
  addressText,
  answerText,
  natText,
  networkVerdictText,
  networkWords,
  serverText,
  signalingText,
} from './texts/network-text.ts'

const BAD = new Set<string>(['silent', 'refused'])

function Line({ what, found, isBad = false }: { what: string; found: string; isBad?: boolean }) {
  return (
    <li class={`step ${isBad ? 'failed' : ''}`}>
      <span class="step-what">{what}</span> <span class="step-state">{found}</span>
    </li>
  )
}

/** What was found so far, a line each. */
function Findings({ report }: { report: NetworkReport }) {
  return (
    <ul class="timeline" aria-label={networkWords.found}>
      <Line what={networkWords.signaling} found={signalingText(report)} isBad={BAD.has(report.signaling)} />
      <Line what={networkWords.address} found={addressText(report)} isBad={report.hasAddress === false} />
      {report.servers.map((server) => (
        <Line
          key={server.url}
          what={serverText(server)}
          found={answerText(server.answer)}
          isBad={BAD.has(server.answer)}
        />
      ))}
      {report.signaling === 'works' && <Line what={networkWords.nat} found={natText(report)} />}
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
