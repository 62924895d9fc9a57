import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { checkPage, type PageBuild, readPageBuild } from '../page-check.ts'
import { laterWords, pageCheckText } from '../texts/page/later-text.ts'

/** What this page is made of, and a way to check it. */
export function PageCode() {
  const build = useSignal<PageBuild | null>(null)
  const result = useSignal('')
  const isChecking = useSignal(false)

  const check = async () => {
    if (isChecking.value) return
    isChecking.value = true
    result.value = laterWords.checking
    try {
      const { origin } = location
      build.value = await readPageBuild(origin)
      result.value = pageCheckText(await checkPage(origin, build.value))
    } catch {
      result.value = laterWords.notChecked
    }
    isChecking.value = false
  }
  useEffect(() => {
    readPageBuild(location.origin).then(
      (read) => {
        build.value = read
      },
      () => {
        result.value = laterWords.notChecked
      },
    )
  }, [])

  return (
    <section class="dialog-part" aria-labelledby="page-code">
      <h3 id="page-code">{laterWords.pageCode}</h3>
      <p class="hint">{laterWords.pageCodeHint}</p>
      {build.value && (
        <dl class="page-build">
          <dt>{laterWords.version}</dt>
          <dd>{build.value.version}</dd>
          <dt>{laterWords.commit}</dt>
          <dd>
            <code>{build.value.commit}</code>
          </dd>
          <dt>{laterWords.hash}</dt>
          <dd>
            <code>{build.value.hash}</code>
          </dd>
        </dl>
      )}
      <div class="copy-link">
        <button type="button" class="button" aria-disabled={isChecking.value} onClick={check}>
          {laterWords.check}
        </button>
        <span role="status">{result.value}</span>
      </div>
    </section>
  )
}
