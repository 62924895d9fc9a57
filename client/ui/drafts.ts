import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import type { Message, Room } from '../room/types.ts'
import type { Composing } from './room-state.ts'

/** What was written is on the disk by then, in milliseconds. */
const SAFE_AFTER = 3_000

const writtenSchema = v.object({
  text: v.string(),
  /** The id of the message that it answers. */
  reply: v.nullable(v.string()),
  /** Another text for the message with this id. */
  edit: v.nullable(v.object({ id: v.string(), text: v.string() })),
  /** What was sent and is only in this page's memory yet; `at` tells it from other messages of one's own. */
  unsafe: v.array(v.object({ text: v.string(), reply: v.nullable(v.string()), at: v.number() })),
})
type Written = v.InferOutput<typeof writtenSchema>

const NOTHING: Written = { text: '', reply: null, edit: null, unsafe: [] }

/** A key for a room under which nobody can read its link: the link's digits, mixed by FNV-1a with two seeds. */
function keyOf(url: string): string {
  const mix = (seed: number) => {
    let hash = seed
    for (let i = 0; i < url.length; i++) hash = Math.imul(hash ^ url.charCodeAt(i), 0x01000193)
    return (hash >>> 0).toString(36)
  }
  return `earshot draft ${mix(0x811c9dc5)}${mix(0x12345678)}`
}

/** What is there without a word where the device keeps nothing: a draft then lasts as long as the page. */
const kept = {
  /** Plain text, as drafts once were, is a text that answers nothing. */
  read(key: string): Written {
    let text = ''
    try {
      text = localStorage.getItem(key) ?? ''
      return v.parse(writtenSchema, JSON.parse(text))
    } catch {
      return { ...NOTHING, text }
    }
  },
  write(key: string, written: Written | null): void {
    try {
      if (written) localStorage.setItem(key, JSON.stringify(written))
      else localStorage.removeItem(key)
    } catch {}
  },
}

const inMemory = new Map<string, Signal<Written>>()

/** What one was writing in a room and has not sent: kept in this page, and on the device while the room is kept there. */
export class Draft {
  readonly #room: Room
  readonly #key: string
  readonly #written: Signal<Written>
  /** What an earlier visit sent, while it is not known whether the conversation holds it. */
  #earlier: Written['unsafe'] | null
  #wasKept = false

  constructor(room: Room) {
    this.#room = room
    this.#key = keyOf(room.inviteUrl)
    this.#written = inMemory.get(this.#key) ?? signal(kept.read(this.#key))
    inMemory.set(this.#key, this.#written)
    this.#earlier = this.#written.peek().unsafe
    room.on('message', (message) => this.#messageChanged(message))
    room.on('forgotten', () => this.#change(NOTHING))
    room.on('keeping', () => this.#keepingChanged())
  }

  get text(): string {
    return this.#written.value.text
  }

  /** What one was about when the page went, or before an edit: an edit that is not done yet before an answer. */
  get composing(): Composing | null {
    const { edit, reply } = this.#written.value
    if (edit && edit.text.trim() !== this.#room.message(edit.id)?.text) return { kind: 'edit', id: edit.id }
    return reply === null ? null : { kind: 'reply', id: reply }
  }

  /** What stands in the field: an edit has a text of its own, which begins as that of its message. */
  textOf(composing: Composing | null): string {
    const { text, edit } = this.#written.value
    if (composing?.kind !== 'edit') return text
    return edit?.id === composing.id ? edit.text : (this.#room.message(composing.id)?.text ?? '')
  }

  write(composing: Composing | null, text: string): void {
    this.#change(composing?.kind === 'edit' ? { edit: { id: composing.id, text } } : { text })
  }

  /** One answers or edits a message from now on. */
  begin(composing: Composing): void {
    if (composing.kind === 'edit') this.write(composing, this.textOf(composing))
    else this.#change({ reply: composing.id, edit: null })
  }

  /** It is done, or given up: after an edit, what one was writing before is there again. */
  end({ kind }: Composing): void {
    if (kind === 'reply') this.#change({ reply: null })
    else if (this.#written.value.edit) this.#change({ edit: null })
  }

  /** The message says it now. Nothing tells when that is on the disk: the device forgets it a while later. */
  edited(): void {
    this.#written.value = { ...this.#written.value, edit: null }
    setTimeout(() => this.#keep(), SAFE_AFTER)
  }

  /** What one was writing is this message now. The device forgets it only when the message is safe. */
  sent({ text, reply, at }: Message): void {
    this.#change({ text: '', reply: null, unsafe: [...this.#written.value.unsafe, { text, reply, at }] })
  }

  #messageChanged({ mine, state, at }: Message): void {
    const { unsafe } = this.#written.value
    if (!mine || state === 'sending' || !unsafe.some((sent) => sent.at === at)) return
    this.#change({ unsafe: unsafe.filter((sent) => sent.at !== at) })
  }

  #change(change: Partial<Written>): void {
    this.#written.value = { ...this.#written.value, ...change }
    this.#keep()
  }

  /** Before it is known whether the room is kept, what is there stays. */
  #keep(): void {
    const written = this.#written.value
    if (written.text === '' && !this.composing && written.unsafe.length === 0) kept.write(this.#key, null)
    else if (this.#room.keeping.on) kept.write(this.#key, written)
  }

  #keepingChanged(): void {
    const { on, problem } = this.#room.keeping
    // What is kept of the conversation is here now, or can't be had.
    if (on || problem) this.#takeBack()
    if (on !== this.#wasKept) {
      if (on) this.#keep()
      else kept.write(this.#key, null)
    }
    this.#wasKept = on
  }

  /** What an earlier visit sent and the conversation doesn't hold is to be written again. */
  #takeBack(): void {
    const earlier = this.#earlier
    this.#earlier = null
    if (!earlier) return
    const lost = earlier.filter(({ at }) => !this.#room.messages.some((message) => message.mine && message.at === at))
    const { text, reply, edit, unsafe } = this.#written.value
    this.#change({
      text: [...lost.map((sent) => sent.text), text].filter((each) => each !== '').join('\n\n'),
      reply: reply ?? lost.at(-1)?.reply ?? null,
      // One that reached the conversation is done, whatever becomes of its message.
      edit: this.composing?.kind === 'edit' ? edit : null,
      unsafe: unsafe.filter((sent) => !earlier.includes(sent)),
    })
  }
}
