import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { exportWords } from '../texts/page/search-text.ts'
import { download } from './download.ts'
import type { RoomState } from './state.ts'
import { transcriptHtml } from './transcript-html.ts'

/** Saves the conversation as a file. */
export function ExportSettings({ state }: { state: RoomState }) {
  const id = useId()
  const result = useSignal('')
  const { room } = state
  const save = async (ending: string, type: string, text: Promise<string> | string) => {
    result.value = ''
    const isDone = await state.attempt(
      (async () => {
        const name = room.name.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 40)
        download(`earshot-${name}.${ending}`, type, await text)
      })(),
    )
    result.value = isDone ? exportWords.saved : ''
  }
  return (
    <section class="dialog-part" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{exportWords.title}</h3>
      <p class="hint">{exportWords.hint}</p>
      <div class="button-row">
        <button
          type="button"
          class="button"
          onClick={() => void save('html', 'text/html', transcriptHtml(room.name, room.messages, Date.now()))}
        >
          {exportWords.html}
        </button>
        <button type="button" class="button" onClick={() => void save('json', 'application/json', room.transcript())}>
          {exportWords.json}
        </button>
      </div>
      <span role="status" class="copy-result">
        {result.value}
      </span>
    </section>
  )
}
