import type { ComponentChildren } from 'preact'
import { words } from '../texts/page/text.ts'
import { Logo } from './Icons.tsx'

/** A page that is a single card under the product's name. `footer` stands below the card. */
export function Card({
  title,
  children,
  footer,
}: {
  title: string
  children: ComponentChildren
  footer?: ComponentChildren
}) {
  return (
    <main class="start">
      <div class="start-rings" aria-hidden="true" />
      <header class="start-brand">
        <Logo />
        <span class="wordmark">{words.product}</span>
      </header>
      <section class="start-card">
        <h1>{title}</h1>
        {children}
        {!isSecureContext && <p class="hint">{words.plainHttp}</p>}
      </section>
      {footer}
    </main>
  )
}
