import type { Caution, Member } from '../room/types.ts'

/** What changed about one of the others. */
export type Change =
  | { readonly type: 'joined' | 'left'; readonly member: Member }
  | { readonly type: 'renamed'; readonly member: Member; readonly before: string }
  /** Their name is not to be trusted. */
  | { readonly type: 'caution'; readonly member: Member; readonly caution: Caution }

const gist = (caution: Caution | null | undefined): string => JSON.stringify(caution ?? null)

/** What changed among the others between two lists of members. */
export function changesBetween(before: readonly Member[], after: readonly Member[]): readonly Change[] {
  const others = (members: readonly Member[]) =>
    new Map(members.filter(({ me }) => !me).map((member) => [member.id, member]))
  const [known, present] = [others(before), others(after)]
  const changes: Change[] = []
  for (const [id, member] of known) if (!present.has(id)) changes.push({ type: 'left', member })
  for (const [id, member] of present) {
    const earlier = known.get(id)
    if (!earlier) changes.push({ type: 'joined', member })
    else if (earlier.name !== member.name) changes.push({ type: 'renamed', member, before: earlier.name })
    const { caution } = member
    if (caution && gist(caution) !== gist(earlier?.caution)) changes.push({ type: 'caution', member, caution })
  }
  return changes
}
