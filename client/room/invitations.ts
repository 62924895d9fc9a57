import { type Bytes, equal, randomBytes, toHex } from '../crypto/bytes.ts'
import type { RoomSecrets } from '../crypto/secrets.ts'
import type { Suite } from '../crypto/suite.ts'
import type { Brief } from '../net/brief.ts'
import { CarriedLink } from '../net/carried-link.ts'
import { readCode, writeCode } from '../net/invite-code.ts'
import type { LinkEnd } from '../net/link-options.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Time } from '../net/time.ts'
import { codeErrors, codeFault } from './code-faults.ts'
import type { RoomError } from './types.ts'

/** How long a code works, in milliseconds. */
export const CODE_LIFETIME = 10 * 60_000
/** An answer that was taken at the last moment may still lead to a link. */
const LAST_MOMENT = 60_000
/** Codes that wait at once, each with a connection of its own; of more the oldest is given up. */
const MOST_WAITING = 8

export interface InvitationsOptions {
  readonly suite: Suite
  readonly secrets: RoomSecrets
  /** One's own peer id. */
  readonly me: Bytes
  readonly time: Time
  readonly mesh: Mesh
}

/** A code of one's own. */
export interface Code {
  readonly code: string
  readonly expiresAt: number
  /** The peer id of the other, once linked. */
  readonly linked: Promise<string>
  cancel(): void
}

/** The other end of a connection, and the number of that among those between the two. */
interface Other {
  readonly peer: Bytes
  readonly attempt: number
}

/** What is asked for: to offer, or to answer an `offer` of somebody's. */
interface Wanted {
  readonly offer: Brief | null
  readonly other: Other | null
  readonly expiresAt: number
  /** What to say when no link came of it. */
  failed(end: LinkEnd): RoomError
  /** It waits no longer; without an error it is linked. */
  over(error: RoomError | null): void
}

/** A connection that waits to be made. */
interface Waiting {
  readonly link: CarriedLink
  readonly linked: Promise<string>
  readonly expiresAt: number
  other: Other | null
  end(error: RoomError): void
}

/** Links made by codes that people carry, for when nobody is there who could introduce them. */
export class Invitations {
  readonly #options: InvitationsOptions
  /** By the invitation's id in hex. */
  readonly #invited = new Map<string, Waiting>()
  readonly #accepted = new Map<string, { readonly waiting: Waiting; readonly code: Promise<Code> }>()
  /** What is said to an answer to an invitation that waits no more. */
  readonly #over = new Map<string, RoomError>()

  constructor(options: InvitationsOptions) {
    this.#options = options
  }

  /** Makes an invite code. Rejects with RoomError `no-network`. */
  async invite(): Promise<Code> {
    const { suite, secrets, me, time } = this.#options
    const [oldest] = this.#invited.size >= MOST_WAITING ? this.#invited.values() : []
    oldest?.end(codeErrors.cancelled())
    const id = randomBytes(16)
    const key = toHex(id)
    const expiresAt = time.date() + CODE_LIFETIME
    const waiting = this.#connect({
      offer: null,
      other: null,
      expiresAt,
      failed: () => codeErrors.failed('answer'),
      over: (error) => {
        cancelTimer()
        this.#invited.delete(key)
        this.#over.set(key, error ?? codeErrors.used())
      },
    })
    const cancelTimer = time.after(CODE_LIFETIME, () => {
      if (!waiting.other) waiting.end(codeErrors.expired('answer'))
    })
    this.#invited.set(key, waiting)
    const description = await waiting.link.description
    if (!description) throw this.#fail(waiting)
    const code = await writeCode(suite, secrets, 'invite', [id, me, expiresAt, description])
    return codeOf(code, waiting)
  }

  /** Takes an answer to one of the codes that wait. Resolves with the other's peer id, once linked. Rejects with RoomError. */
  async takeAnswer(text: string): Promise<string> {
    const { suite, secrets, mesh } = this.#options
    const content = await readCode(suite, secrets, 'answer', text)
    if (typeof content === 'string') throw codeFault(content, 'answer')
    const [id, peer, attempt, description] = content
    const waiting = this.#invited.get(toHex(id))
    if (mesh.pair(toHex(peer))?.links.open) throw codeErrors.linked()
    if (!waiting) throw this.#over.get(toHex(id)) ?? codeErrors.unmatched()
    if (waiting.other) throw codeErrors.used()
    waiting.other = { peer, attempt }
    waiting.link.answer(description)
    return waiting.linked
  }

  /** Makes an answer to an invite code; the same one again, as long as it may be of use. Rejects with RoomError. */
  async accept(text: string): Promise<Code> {
    const { suite, secrets, me, time, mesh } = this.#options
    const content = await readCode(suite, secrets, 'invite', text)
    if (typeof content === 'string') throw codeFault(content, 'invite')
    const [id, peer, expiresAt, offer] = content
    const key = toHex(id)
    if (equal(peer, me)) throw codeErrors.own()
    if (mesh.pair(toHex(peer))?.links.open) throw codeErrors.linked()
    const attempt = mesh.apart(toHex(peer))
    if (time.date() >= expiresAt || attempt === null) throw codeErrors.expired('invite')
    const known = this.#accepted.get(key)
    if (known) return known.code
    const [oldest] = this.#accepted.size >= MOST_WAITING ? this.#accepted.values() : []
    oldest?.waiting.end(codeErrors.cancelled())
    // A clock that is slow here must not make a code last for hours.
    const until = Math.min(expiresAt, time.date() + CODE_LIFETIME)
    const waiting = this.#connect({
      offer,
      other: { peer, attempt },
      expiresAt: until,
      failed: (end) => (end === 'timeout' ? codeErrors.unanswered() : codeErrors.failed('invite')),
      over: () => this.#accepted.delete(key),
    })
    const answer = async (): Promise<Code> => {
      const description = await waiting.link.description
      if (!description) throw this.#fail(waiting)
      return codeOf(await writeCode(suite, secrets, 'answer', [id, me, attempt, description]), waiting)
    }
    const code = answer()
    this.#accepted.set(key, { waiting, code })
    return code
  }

  /** Gives up all that waits, and says why. */
  close(why: RoomError): void {
    for (const waiting of this.#invited.values()) waiting.end(why)
    for (const { waiting } of this.#accepted.values()) waiting.end(why)
  }

  #connect({ offer, other, expiresAt, failed, over }: Wanted): Waiting {
    const { mesh, time } = this.#options
    let resolve: (peer: string) => void = () => {}
    let reject: (error: RoomError) => void = () => {}
    const linked = new Promise<string>((...settle) => {
      ;[resolve, reject] = settle
    })
    // Nobody may be waiting for it.
    linked.catch(() => {})
    const end = (error: RoomError) => {
      over(error)
      link.close()
      reject(error)
    }
    const link = new CarriedLink({
      time,
      begin: (how) => mesh.begin(() => waiting.other?.peer ?? null, how),
      offer,
      patience: expiresAt - time.date() + LAST_MOMENT,
      open: (opened, hello) => {
        if (!waiting.other) return null
        const peer = toHex(waiting.other.peer)
        const heir = mesh.adopt(peer, opened, waiting.other.attempt, hello)
        over(heir ? null : failed('failed'))
        if (heir) resolve(peer)
        else reject(failed('failed'))
        return heir
      },
      failed: (why) => end(failed(why)),
    })
    const waiting: Waiting = { link, linked, expiresAt, other, end }
    return waiting
  }

  #fail(waiting: Waiting): RoomError {
    const error = codeErrors.noNetwork()
    waiting.end(error)
    return error
  }
}

const codeOf = (code: string, { linked, expiresAt, end }: Waiting): Code => ({
  code,
  expiresAt,
  linked,
  cancel: () => end(codeErrors.cancelled()),
})
