import * as v from 'valibot'

/** What one side's connection has to tell the other's before they are linked. */
export type Signal =
  | { readonly type: 'description'; readonly description: { readonly type: 'offer' | 'answer'; readonly sdp: string } }
  | {
      readonly type: 'candidate'
      readonly candidate: {
        readonly candidate: string
        readonly sdpMid?: string | null | undefined
        readonly sdpMLineIndex?: number | null | undefined
        readonly usernameFragment?: string | null | undefined
      }
    }

const fromSimplePeer = v.union([
  v.object({ type: v.picklist(['offer', 'answer']), sdp: v.string() }),
  v.object({
    type: v.literal('candidate'),
    candidate: v.object({
      candidate: v.string(),
      sdpMid: v.nullish(v.string()),
      sdpMLineIndex: v.nullish(v.number()),
      usernameFragment: v.nullish(v.string()),
    }),
  }),
])

/** Reads what simple-peer's `signal` event gives; null for its requests that need no answer here. */
export function toSignal(data: unknown): Signal | null {
  const parsed = v.safeParse(fromSimplePeer, data)
  if (!parsed.success) return null
  return parsed.output.type === 'candidate'
    ? { type: 'candidate', candidate: parsed.output.candidate }
    : { type: 'description', description: parsed.output }
}

/** The same in the form that simple-peer's `signal()` takes. */
export const forSimplePeer = (signal: Signal): string =>
  JSON.stringify(signal.type === 'description' ? signal.description : signal)
