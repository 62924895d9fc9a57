import { generate } from 'lean-qr'
import { useMemo } from 'preact/hooks'
import { laterWords } from '../texts/page/later-text.ts'

/** Light modules around the code: readers need four. */
const MARGIN = 4

/** A QR code. Loaded only when it is shown. */
export function QrCode({ text, label = laterWords.qrCode }: { text: string; label?: string }) {
  const { size, path } = useMemo(() => {
    const code = generate(text)
    const dark: string[] = []
    for (let y = 0; y < code.size; y++)
      for (let x = 0; x < code.size; x++) if (code.get(x, y)) dark.push(`M${x} ${y}h1v1h-1z`)
    return { size: code.size, path: dark.join('') }
  }, [text])
  const side = size + 2 * MARGIN
  return (
    <svg
      class="qr-code"
      viewBox={`${-MARGIN} ${-MARGIN} ${side} ${side}`}
      shape-rendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path class="qr-dark" d={path} />
    </svg>
  )
}
