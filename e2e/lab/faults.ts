/** What goes wrong on a cable while it stays plugged in, both ways alike. */
import type { Cable, End } from './cable.ts'

/** Sets the rules for what arrives at one end: a table of its own, in place of what it was before. */
function filter({ namespace, device }: End, chain: string): void {
  const table = `table netdev earshot_${device}`
  namespace.run('nft', ['-f', '-'], `${table}\ndelete ${table}\n${chain === '' ? '' : `${table} {\n${chain}\n}`}\n`)
}

/**
 * Loses `percent` of what arrives at either end, and says so to nobody: only UDP, or everything. It takes the place of what
 * was lost before.
 */
export function lose(cable: Cable, what: 'udp' | 'everything', percent = 100): void {
  const match = what === 'udp' ? 'meta l4proto udp' : ''
  const share = percent === 100 ? '' : `numgen random mod 100 < ${percent}`
  for (const end of cable.ends)
    filter(
      end,
      `chain arriving {
        type filter hook ingress device "${end.device}" priority 0
        ${match} ${share} counter drop
      }`,
    )
}

/** Loses nothing any more. */
export function loseNothing(cable: Cable): void {
  for (const end of cable.ends) filter(end, '')
}

/** Lets only so many kilobits a second through, each way. What waits longer than `ms` for its turn is lost. */
export function narrow(cable: Cable, kilobits: number, ms = 300): void {
  for (const { namespace, device } of cable.ends) {
    const bucket = ['tbf', 'rate', `${kilobits}kbit`, 'burst', '16kb', 'latency', `${ms}ms`]
    namespace.run('tc', ['qdisc', 'replace', 'dev', device, 'root', ...bucket])
  }
}

/** Lets everything through again that `narrow` held up. */
export function widen(cable: Cable): void {
  for (const { namespace, device } of cable.ends)
    namespace.run('tc', ['qdisc', 'replace', 'dev', device, 'root', 'noqueue'])
}
