import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { CodeBlock } from './CodeBlock.tsx'
import { splitLinks } from './links.ts'
import { type Block, type Inline, readMarkdown } from './markdown.ts'
import { type Names, Plain } from './Plain.tsx'

const plainOf = (parts: readonly Inline[]): string =>
  parts.map((part) => ('parts' in part ? plainOf(part.parts) : 'text' in part ? part.text : '\n')).join('')

interface InlinesProps {
  parts: readonly Inline[]
  names: Names
  isInLink?: boolean
}

/** A link whose words may say anything: where it leads is told as well. */
function Link({ link: { href, parts, typed }, names }: { link: Extract<Inline, { kind: 'link' }>; names: Names }) {
  const [link, ...more] = splitLinks(href)
  // One that leads to no page is shown as it was typed.
  if (link?.kind !== 'link' || more.length > 0) return typed
  const text = <Inlines parts={parts} names={names} isInLink />
  const host = href.startsWith('mailto:') ? href : new URL(href).host
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {text}
      </a>
      {plainOf(parts).trim() !== href && <span class="link-host"> ({host})</span>}
    </>
  )
}

/** `isInLink`: what looks like a link in it is part of that one's words. */
function Inlines({ parts, names, isInLink = false }: InlinesProps): ComponentChildren {
  return parts.map((part, index) => {
    switch (part.kind) {
      case 'text':
        return isInLink ? part.text : <Plain key={index} text={part.text} names={names} />
      case 'code':
        return <code key={index}>{part.text}</code>
      case 'break':
        return <br key={index} />
      case 'link':
        return <Link key={index} link={part} names={names} />
      default: {
        const Tag = part.kind
        return (
          <Tag key={index}>
            <Inlines parts={part.parts} names={names} isInLink={isInLink} />
          </Tag>
        )
      }
    }
  })
}

function Blocks({ blocks, names }: { blocks: readonly Block[]; names: Names }): ComponentChildren {
  return blocks.map((block, index) => {
    switch (block.kind) {
      case 'paragraph':
        return (
          <p key={index} dir="auto">
            <Inlines parts={block.parts} names={names} />
          </p>
        )
      case 'code':
        return <CodeBlock key={index} text={block.text} language={block.language} />
      case 'quote':
        return (
          <blockquote key={index}>
            <Blocks blocks={block.blocks} names={names} />
          </blockquote>
        )
      default: {
        const items = block.items.map((item, at) => (
          <li key={at}>
            <Blocks blocks={item} names={names} />
          </li>
        ))
        return block.start === null ? (
          <ul key={index}>{items}</ul>
        ) : (
          <ol key={index} start={block.start}>
            {items}
          </ol>
        )
      }
    }
  })
}

/** A text with markup, drawn as elements. */
export function Written({ text, names }: { text: string; names: Names }) {
  const blocks = useMemo(() => readMarkdown(text), [text])
  return (
    <div class="written">
      <Blocks blocks={blocks} names={names} />
    </div>
  )
}
