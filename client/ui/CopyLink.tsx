import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { words } from '../texts/page/text.ts'
import { copyText } from './copy.ts'
import { DoneIcon, LinkIcon } from './Icons.tsx'

const SHOWN_FOR = 4_000

interface Props {
  /** What is copied. */
  url: string
  label?: string
  Icon?: ComponentType
  isPrimary?: boolean
}

/** The button "Copy link", or another `label`, and a status that says whether it worked. */
export function CopyLink({ url, label = words.copyLink, Icon = LinkIcon, isPrimary = true }: Props) {
  const result = useSignal('')
  useEffect(() => {
    if (result.value === '') return
    const timer = setTimeout(() => {
      result.value = ''
    }, SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [result.value])
  const copy = async (button: Element) => {
    result.value = (await copyText(url, button)) ? words.copied : words.notCopied
  }
  return (
    <div class="copy-link">
      <button
        type="button"
        class={isPrimary ? 'button primary' : 'button'}
        onClick={({ currentTarget }) => copy(currentTarget)}
      >
        {result.value === words.copied ? <DoneIcon /> : <Icon />}
        {label}
      </button>
      <span role="status" class="copy-result">
        {result.value}
      </span>
    </div>
  )
}
