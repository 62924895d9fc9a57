import { noMemberText } from '../texts/fault-text.ts'
import { unknownPeople } from './late.ts'
import type { Members } from './members.ts'
import type { People } from './people.ts'
import { type Member, type Receiver, RoomError } from './types.ts'

/** What the conversation tells of its authors. */
interface Said {
  /** The name that an author last gave themselves in the log, or null. */
  nameOf(author: string): string | null
  /** Authors who ever held one's own message with this id; null when there is no such message. */
  holders(messageId: string): readonly string[] | null
}

/** The members who are here and those who were, with what is known of them on this device. */
export class Acquaintances {
  readonly #members: Members
  readonly #said: Said
  /** Null until it is loaded. */
  people: People | null = null

  constructor(members: Members, said: Said) {
    this.#members = members
    this.#said = said
  }

  /** Who is here, oneself first. */
  get present(): readonly Member[] {
    const { list } = this.#members
    return this.people?.describe(list) ?? list
  }

  /** Who is behind a visit. */
  at(peer: string): Member | undefined {
    const author = this.#members.of(peer)?.id
    return this.present.find(({ id }) => id === author)
  }

  /** Who has one's own message with this id: everybody who is here, and who left with it. */
  receivers(messageId: string): readonly Receiver[] {
    const holders = this.#said.holders(messageId)
    if (!holders) return []
    const present = this.present.filter(({ me }) => !me)
    const gone = holders.filter((id) => !present.some((member) => member.id === id))
    return [
      ...present.map(({ id, name }) => ({ id, name, has: holders.includes(id) })),
      ...gone.map((id) => ({ id, name: this.#formerName(id), has: true })),
    ]
  }

  /** Rejects with RoomError `failed` when there is no such member, `store` when it can't be kept. */
  async setVerified(author: string, verified: boolean): Promise<void> {
    await this.#known.setVerified(author, this.#nameOf(author), verified)
  }

  /** Rejects as `setVerified` does. */
  async setHidden(author: string, hidden: boolean): Promise<void> {
    await this.#known.setHidden(author, this.#nameOf(author), hidden)
  }

  /** The name of somebody who is or was here. */
  #nameOf(author: string): string {
    const present = this.#members.list.find(({ id }) => id === author)
    const name = present?.name ?? this.people?.nameOf(author) ?? this.#said.nameOf(author)
    if (name === null) throw new RoomError('failed', noMemberText)
    return name
  }

  /** The last name of somebody who isn't there; of who is hidden, the last that was shown. */
  #formerName(author: string): string {
    const known = this.people?.nameOf(author)
    return (this.people?.hidden.has(author) ? known : (this.#said.nameOf(author) ?? known)) ?? ''
  }

  get #known(): People {
    if (!this.people) throw unknownPeople
    return this.people
  }
}
