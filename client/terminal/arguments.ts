/** The command line of `earshot-peer`: what it takes, and what is wrong with it. */
import { parseArgs } from 'node:util'
import { complaints } from '../texts/terminal-text.ts'

export interface Options {
  readonly url: string
  readonly name: string | undefined
  readonly password: string | undefined
  /** One JSON object a line, in and out. */
  readonly json: boolean
  /** Stay in the room after the end of the input. */
  readonly stay: boolean
  /** Through relays only. */
  readonly relay: boolean
  /** How long to wait for somebody to take what was said, in milliseconds. */
  readonly wait: number
}

export type Command =
  | { readonly do: 'talk'; readonly options: Options }
  | { readonly do: 'help' }
  | { readonly do: 'version' }
  | { readonly do: 'complain'; readonly message: string }

const SHAPE = {
  name: { type: 'string', short: 'n' },
  password: { type: 'string', short: 'p' },
  json: { type: 'boolean' },
  stay: { type: 'boolean' },
  relay: { type: 'boolean' },
  wait: { type: 'string', short: 'w' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** As long as a timer of Node can wait. */
const LONGEST_WAIT = 2_147_483

/** Reads the arguments, without the names of node and the script, and EARSHOT_PASSWORD. Never throws. */
export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv = {}): Command {
  const complain = (message: string): Command => ({ do: 'complain', message })
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    return complain(complaints.unreadable(error instanceof Error ? error.message : String(error)))
  }
  const { values, positionals } = parsed
  if (values.help) return { do: 'help' }
  if (values.version) return { do: 'version' }
  const [url, ...more] = positionals
  if (url === undefined) return complain(complaints.noUrl)
  if (more.length > 0) return complain(complaints.twoUrls)
  const seconds = Number(values.wait ?? '60')
  if (!/^\d+(\.\d+)?$/.test(values.wait ?? '60') || seconds > LONGEST_WAIT) return complain(complaints.badWait)
  const { name, json = false, stay = false, relay = false } = values
  // An empty one in the environment is none, as with most programs.
  const password = values.password ?? (env.EARSHOT_PASSWORD || undefined)
  return { do: 'talk', options: { url, name, password, json, stay, relay, wait: seconds * 1000 } }
}

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: SHAPE, allowPositionals: true })
