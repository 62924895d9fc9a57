/** Colours code. Loaded when code in a known language first comes. */
import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import go from 'highlight.js/lib/languages/go'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import python from 'highlight.js/lib/languages/python'
import rust from 'highlight.js/lib/languages/rust'
import sql from 'highlight.js/lib/languages/sql'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { createLowlight } from 'lowlight'

const lowlight = createLowlight({
  ...{ bash, c, cpp, css, diff, go, java, javascript, json, python, rust, sql, typescript, xml, yaml },
})

/** A piece of code: plain, or pieces that look the same, by a class of `written.css`. */
export type CodePart = string | { readonly look: string; readonly parts: readonly CodePart[] }

/** The few looks that code has here, by what the highlighter calls its parts. */
const LOOKS: Readonly<Record<string, string>> = {
  comment: 'code-comment',
  quote: 'code-comment',
  keyword: 'code-keyword',
  built_in: 'code-keyword',
  literal: 'code-keyword',
  type: 'code-keyword',
  'selector-tag': 'code-keyword',
  string: 'code-string',
  regexp: 'code-string',
  addition: 'code-string',
  number: 'code-number',
  attr: 'code-number',
  attribute: 'code-number',
  deletion: 'code-number',
  title: 'code-title',
  name: 'code-title',
  section: 'code-title',
}

type Tree = ReturnType<typeof lowlight.highlight>
type Child = Tree['children'][number]

/** The parts of a code; the whole as it is where the language is not known. */
export function highlighted(text: string, language: string): readonly CodePart[] {
  const known = language.toLowerCase()
  return lowlight.registered(known) ? lowlight.highlight(known, text).children.flatMap(partsOf) : [text]
}

function partsOf(child: Child): CodePart[] {
  if (child.type === 'text') return [child.value]
  if (child.type !== 'element') return []
  const [name = ''] = Array.isArray(child.properties.className) ? child.properties.className : []
  const parts = child.children.flatMap(partsOf)
  const look = LOOKS[`${name}`.replace(/^hljs-/u, '')]
  return look ? [{ look, parts }] : parts
}
