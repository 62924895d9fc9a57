import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { messageWords } from '../texts/page/message-text.ts'
import { copyText } from './copy.ts'
import type { CodePart } from './highlight.ts'
import { DoneIcon } from './Icons.tsx'
import { CopyIcon } from './MenuIcons.tsx'

/** Longer code is shown in one colour. */
const LONG = 8_000
/** That it was copied is shown this long, in milliseconds. */
const SHOWN_FOR = 4_000

const draw = (parts: readonly CodePart[]): ComponentChildren =>
  parts.map((part, index) =>
    typeof part === 'string' ? (
      part
    ) : (
      <span key={index} class={part.look}>
        {draw(part.parts)}
      </span>
    ),
  )

/** Code as it was written, with a button that copies it. What colours it is loaded when code in a known language first comes. */
export function CodeBlock({ text, language }: { text: string; language: string }) {
  const parts = useSignal<readonly CodePart[]>([text])
  const result = useSignal<{ readonly isCopied: boolean; readonly text: string } | null>(null)
  useEffect(() => {
    parts.value = [text]
    if (language === '' || text.length > LONG) return
    let isGone = false
    import('./highlight.ts').then(
      ({ highlighted }) => {
        if (!isGone) parts.value = highlighted(text, language)
      },
      // Without it the code is as readable as before.
      () => {},
    )
    return () => {
      isGone = true
    }
  }, [text, language])
  useEffect(() => {
    if (!result.value) return
    const timer = setTimeout(() => {
      result.value = null
    }, SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [result.value])
  return (
    <div class="code-block">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and a keyboard must reach that */}
      <pre tabIndex={0} dir="ltr">
        <code>{draw(parts.value)}</code>
      </pre>
      <button
        type="button"
        class="copy-code"
        aria-label={messageWords.copyCode}
        title={messageWords.copyCode}
        onClick={async ({ currentTarget }) => {
          const isCopied = await copyText(text, currentTarget)
          result.value = { isCopied, text: isCopied ? messageWords.copied : messageWords.notCopied }
        }}
      >
        {result.value?.isCopied ? <DoneIcon /> : <CopyIcon />}
      </button>
      <span role="status" class={result.value?.isCopied === false ? 'problem' : 'visually-hidden'}>
        {result.value?.text}
      </span>
    </div>
  )
}
