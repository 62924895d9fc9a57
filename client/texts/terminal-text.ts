/** Everything that the terminal says to a person of its own accord. What others wrote goes through harmless.ts first. */

export const HELP = `Usage: earshot-peer [options] URL

Joins the room of this URL. What the others say comes to stdout; each line that you type, or that comes from a
pipe, is sent as a message. At the end of the input it leaves, as soon as somebody has what was said.

  -n, --name NAME          your name in the room; otherwise one is picked
  -p, --password PASSWORD  the room's password; better in EARSHOT_PASSWORD, where other users of this machine can't see it
      --json               one JSON object a line, in and out, for scripts
      --stay               stay after the end of the input, until Ctrl+C or SIGTERM
  -w, --wait SECONDS       how long to wait for somebody to take what was said (60)
      --relay              connect through relays only, so that the others don't see your network address
  -h, --help               this text
  -v, --version            the version

Ends with 0; with 1 when something said reached nobody; with 2 when the arguments or the URL can't be used.
`

const more = 'See earshot-peer --help.'

export const complaints = {
  unreadable: (reason: string) =>
    `${reason
      .split('\n')[0]
      ?.replace(/\.? To specify.*$/, '')
      .replace(/\.$/, '')}. ${more}`,
  noUrl: `The room's URL is missing. ${more}`,
  twoUrls: `One room's URL, please, in quotation marks if it has special characters. ${more}`,
  badWait: `--wait takes a number of seconds. ${more}`,
} as const

const count = (messages: number): string => (messages === 1 ? '1 message' : `${messages} messages`)

/** Said when the input ended and somebody has yet to take what was said. */
export const waitingText = (messages: number): string =>
  `Waiting until somebody has your ${count(messages)}. Ctrl+C leaves at once.`

/** Said when nobody took it. `alone`: nobody was there at the end. */
export const undeliveredText = (messages: number, seconds: number, alone: boolean): string =>
  `${alone ? 'Nobody was here' : 'Nobody confirmed'} within ${seconds} ${seconds === 1 ? 'second' : 'seconds'}: ${count(messages)} not sent.`

/** Stands for a name in which nothing can be seen. */
export const namelessText = 'Someone'

export const meText = (name: string): string => `You are ${name}.`
export const typingHint = 'Type a line and press Enter to send it. Ctrl+D leaves.'

export const tooLongLineText = (limit: number): string =>
  `That line is longer than ${limit.toLocaleString('en')} characters, so it was not sent. Send it in parts.`

export const joinedText = (name: string): string => `· ${name} joined`
export const leftText = (name: string): string => `· ${name} left`
export const renamedText = (before: string, name: string): string => `· ${before} is now called ${name}`

export const badCommandText =
  'Each line must be {"type":"send","text":…}, {"type":"name","name":…}, {"type":"typing","typing":…} or {"type":"leave"}.'
