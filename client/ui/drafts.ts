import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import type { Message, Room } from '../room/types.ts'
import type { Composing } from './room-state.ts'

/** What was written is on the disk by then, in milliseconds. */
const SAFE_AFTER = 3_000

/** Another text for the message with this id. */
const editSchema = v.object({ id: v.string(), text: v.string() })
const writtenSchema = v.pipe(
  v.object({
    text: v.string(),
    /** The id of the message that it answers. */
    reply: v.nullable(v.string()),
    /** What was begun last stands last: it goes on before those that it interrupted. */
    edits: v.optional(v.array(editSchema), []),
    /** As drafts once were: the only edit. */
    edit: v.optional(v.nullable(editSchema), null),
    /** What was sent and is only in this page's memory yet; `at` tells it from other messages of one's own. */
    unsafe: v.array(v.object({ text: v.string(), reply: v.nullable(v.string()), at: v.number() })),
  }),
  v.transform(({ edit, edits, ...rest }) => ({ ...rest, edits: edit ? [...edits, edit] : edits })),
)
type Written = v.InferOutput<typeof writtenSchema>

const NOTHING: Written = { text: '', reply: null, edits: [], unsafe: [] }

/** A key for a room under which nobody can read its link: the link's digits, mixed by FNV-1a with two seeds. */
function keyOf(url: string): string {
  const mix = (seed: number) => {
    let hash = seed
    for (let i = 0; i < url.length; i++) hash = Math.imul(hash ^ url.charCodeAt(i), 0x01000193)
    return (hash >>> 0).toString(36)
  }
  return `earshot draft ${mix(0x811c9dc5)}${mix(0x12345678)}`
}

/** Plain text, as drafts once were, is a text that answers nothing. */
function parsed(text: string): Written {
  try {
    return v.parse(writtenSchema, JSON.parse(text))
  } catch {
    return { ...NOTHING, text }
  }
}

/** What is there without a word where the device keeps nothing: a draft then lasts as long as the page. */
const kept = {
  read(key: string): Written {
    try {
      return parsed(localStorage.getItem(key) ?? '')
    } catch {
      return NOTHING
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

function writtenUnder(key: string): Signal<Written> {
  const known = inMemory.get(key)
  if (known) return known
  const written = signal(kept.read(key))
  inMemory.set(key, written)
  addEventListener('storage', (event) => {
    // Where nothing is left, the other tab may just keep nothing any more: what one wrote is not lost for that.
    if (event.key === key && event.newValue !== null)
      follow(written, parsed(event.oldValue ?? ''), parsed(event.newValue))
  })
  return written
}

/** Another tab wrote, or sent what stood here as well. Who wrote something else in this one goes on with that. */
function follow(written: Signal<Written>, was: Written, { text, reply }: Written): void {
  const here = written.peek()
  if (here.text === was.text && here.reply === was.reply) written.value = { ...here, text, reply }
}

/** Removes what one was writing in a room that is not open. */
export function forgetDraft(url: string): void {
  const key = keyOf(url)
  const written = inMemory.get(key)
  if (written) written.value = NOTHING
  kept.write(key, null)
}

/** What one was writing in a room and has not sent: kept in this page, and on the device while the room is kept there. */
export class Draft {
  readonly #room: Room
  readonly #key: string
  readonly #written: Signal<Written>
  /** What an earlier visit sent, while it is not known whether the conversation holds it. */
  #earlier: Written['unsafe'] | null
  /** What is or was unsafe in this page, by its `at`. What else is stored as such is another tab's. */
  readonly #held: Set<number>
  /** By the ids of their messages: edits that these say by now, and the disk may not. */
  readonly #saving = new Map<string, Written['edits'][number]>()
  #wasKept = false

  constructor(room: Room) {
    this.#room = room
    this.#key = keyOf(room.inviteUrl)
    this.#written = writtenUnder(this.#key)
    this.#earlier = this.#written.peek().unsafe
    this.#held = new Set(this.#earlier.map(({ at }) => at))
    room.on('message', (message) => this.#messageChanged(message))
    room.on('forgotten', () => forgetDraft(room.inviteUrl))
    room.on('keeping', () => this.#keepingChanged())
  }

  get text(): string {
    return this.#written.value.text
  }

  /** What one was about when the page went, or before an edit: an edit that is not done yet before an answer. */
  get composing(): Composing | null {
    const { reply } = this.#written.value
    const edit = this.#changed().at(-1)
    if (edit) return { kind: 'edit', id: edit.id }
    return reply === null ? null : { kind: 'reply', id: reply }
  }

  /** Whether what one writes answers this message; no more so once another tab sent it. */
  answers(id: string): boolean {
    return this.#written.value.reply === id
  }

  /** What stands in the field: an edit has a text of its own, which begins as that of its message. */
  textOf(composing: Composing | null): string {
    const { text, edits } = this.#written.value
    if (composing?.kind !== 'edit') return text
    const edit = edits.find(({ id }) => id === composing.id)
    return edit ? edit.text : (this.#room.message(composing.id)?.text ?? '')
  }

  write(composing: Composing | null, text: string): void {
    if (composing?.kind === 'edit')
      this.#change({ edits: [...this.#editsBut(composing.id), { id: composing.id, text }] })
    else this.#change({ text })
  }

  /** One answers or edits a message from now on. An edit that this interrupts comes back after it. */
  begin(composing: Composing): void {
    const text = this.textOf(composing)
    this.#change({ edits: this.#changed() })
    if (composing.kind === 'edit') this.write(composing, text)
    else this.#change({ reply: composing.id })
  }

  /** It is done, or given up: what one was writing before is there again. */
  end({ kind, id }: Composing): void {
    const { edits } = this.#written.value
    if (kind === 'reply') this.#change({ reply: null })
    else if (edits.some((edit) => edit.id === id)) this.#change({ edits: this.#editsBut(id) })
  }

  /** The message says it now. Nothing tells when that is on the disk: the device forgets it a while later. */
  edited(id: string): void {
    const edit = this.#written.value.edits.find((each) => each.id === id)
    this.#written.value = { ...this.#written.value, edits: this.#editsBut(id) }
    if (!edit) return
    this.#saving.set(id, edit)
    setTimeout(() => {
      if (this.#saving.get(id) === edit) this.#saving.delete(id)
      this.#keep()
    }, SAFE_AFTER)
  }

  /** What one was writing is this message now. The device forgets it only when the message is safe. */
  sent({ text, reply, at }: Message): void {
    this.#held.add(at)
    this.#change({ text: '', reply: null, unsafe: [...this.#written.value.unsafe, { text, reply, at }] })
  }

  /** The edits that say something else than their messages do. */
  #changed(): Written['edits'] {
    return this.#written.value.edits.filter(({ id, text }) => text.trim() !== this.#room.message(id)?.text)
  }

  #editsBut(id: string): Written['edits'] {
    return this.#written.value.edits.filter((edit) => edit.id !== id)
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
    const others = kept.read(this.#key).unsafe.filter(({ at }) => !this.#held.has(at))
    const unsafe = [...others, ...written.unsafe]
    const edits = [...new Map([...this.#saving, ...written.edits.map((edit) => [edit.id, edit] as const)]).values()]
    if (written.text === '' && !this.composing && unsafe.length + this.#saving.size === 0) kept.write(this.#key, null)
    else if (this.#room.keeping.on) kept.write(this.#key, { ...written, edits, unsafe })
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
    const { text, reply, unsafe } = this.#written.value
    this.#change({
      text: [...lost.map((sent) => sent.text), text].filter((each) => each !== '').join('\n\n'),
      reply: reply ?? lost.at(-1)?.reply ?? null,
      // One that reached the conversation is done, whatever becomes of its message.
      edits: this.#changed(),
      unsafe: unsafe.filter((sent) => !earlier.includes(sent)),
    })
  }
}
