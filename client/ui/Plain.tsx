import type { ComponentChildren } from 'preact'
import { LinkTo } from './LinkTo.tsx'
import { splitLinks } from './links.ts'
import { mentions, splitMentions } from './mentions.ts'

/** The names that a mention may have: those of who is here, oneself among them. */
export interface Names {
  readonly all: readonly string[]
  readonly me: string
}

/** A text without markup: links as links, names after an `@` set off. Every part is a text node. */
export function Plain({ text, names }: { text: string; names: Names }): ComponentChildren {
  return splitLinks(text).map((part, index) =>
    part.kind === 'link' ? (
      <LinkTo key={index} href={part.href} isBare>
        {part.text}
      </LinkTo>
    ) : (
      splitMentions(part.text, names.all).map((part, at) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <span key={`${index} ${at}`} class={`mention ${mentions(part.text, names.me) ? 'me' : ''}`}>
            {part.text}
          </span>
        ),
      )
    ),
  )
}
