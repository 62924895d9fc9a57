import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { CodeBlock } from './CodeBlock.tsx'
import { LinkTo } from './LinkTo.tsx'
import { wholeLink } from './link-at.ts'
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
function Link({ link: { href, parts }, names }: { link: Extract<Inline, { kind: 'link' }>; names: Names }) {
  const isBare = wholeLink(plainOf(parts).trim())?.href === href
  const host = href.startsWith('mailto:') ? href : new URL(href).host
  return (
    <>
      <LinkTo href={href} isBare={isBare}>
        <Inlines parts={parts} names={names} isInLink />
      </LinkTo>
      {!isBare && <span class="link-host"> ({host})</span>}
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
      default:
        return <List key={index} list={block} names={names} />
    }
  })
}

function List({ list: { start, items }, names }: { list: Extract<Block, { kind: 'list' }>; names: Names }) {
  const drawn = items.map(({ isTask, blocks }, index) => (
    <li key={index} class={isTask ? 'task' : undefined}>
      <Blocks blocks={blocks} names={names} />
    </li>
  ))
  if (start === null) return <ul>{drawn}</ul>
  return (
    <ol start={start} class={start + items.length > 100 ? 'long' : undefined}>
      {drawn}
    </ol>
  )
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
