/** What the harness and a member of its own process say to each other. */
import * as v from 'valibot'

const end = v.object({ id: v.number(), local: v.string(), remote: v.string(), isOpen: v.boolean() })
export const endsSchema = v.array(end)

const state = v.picklist(['sending', 'sent', 'delivered', 'received'])
export type State = v.InferOutput<typeof state>

/** What a member shows at the end. */
export const reportSchema = v.object({
  /** The conversation in display order. */
  messages: v.array(v.object({ text: v.string(), state })),
  /** The list of members, oneself among them; `state` is what is said of the connection to each. */
  members: v.array(v.object({ name: v.string(), isLinked: v.boolean() })),
})
export type Report = v.InferOutput<typeof reportSchema>

/** What a member tells by itself. */
export const toldSchema = v.variant('told', [
  /** It knows itself, and can speak. */
  v.object({ told: v.literal('ready') }),
  /** A message was written, is shown, or got further. */
  v.object({
    told: v.literal('message'),
    text: v.string(),
    state,
    /** Of one's own: the names of those who are known to have it, as far as that is told. */
    holders: v.optional(v.array(v.string()), []),
  }),
  v.object({ told: v.literal('connection'), connection: v.number(), what: v.string() }),
  /** Something that no member may do. */
  v.object({ told: v.literal('fault'), what: v.string() }),
])
export type Told = v.InferOutput<typeof toldSchema>

/** What the harness wants of a process. */
export const commandSchema = v.variant('do', [
  v.object({ do: v.literal('ends') }),
  v.object({ do: v.literal('close'), connection: v.number() }),
  v.object({ do: v.literal('mute'), connection: v.number() }),
  v.object({ do: v.literal('unplug') }),
  v.object({ do: v.literal('plug') }),
  v.object({ do: v.literal('hush') }),
  v.object({ do: v.literal('report') }),
])
export type Command = v.InferOutput<typeof commandSchema>

export const askedSchema = v.object({ id: v.number(), command: commandSchema })
export const answerSchema = v.object({ id: v.number(), answer: v.unknown() })
