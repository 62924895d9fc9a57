/** Prints what was seen of all pairs of networks as a table in Markdown. For Playwright, as a reporter. */
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'
import * as v from 'valibot'
import { allServers, NETWORKS, networks } from './cells.ts'

/** What a test notes for each cell that it saw, as an annotation of this type. */
export const CELL = 'cell'

const cellSchema = v.object({
  ada: v.picklist(networks),
  ben: v.picklist(networks),
  servers: v.picklist(allServers),
  text: v.string(),
})
export type Cell = v.InferOutput<typeof cellSchema>

/** The table; both orders of a pair share a row, with both texts where they differ. What was not seen is “not seen”. */
export function tableOf(cells: readonly Cell[]): string {
  const rows = networks.flatMap((one, index) =>
    networks.slice(index).map((other) => {
      const texts = allServers.map((servers) => {
        const pair = [one, other].sort().join()
        const seen = cells.filter((cell) => cell.servers === servers && [cell.ada, cell.ben].sort().join() === pair)
        return [...new Set(seen.map(({ text }) => text))].join(' or ') || 'not seen'
      })
      return [`${NETWORKS[one]} with ${NETWORKS[other]}`, ...texts]
    }),
  )
  const lines = [['', ...allServers], ['', ...allServers].map(() => '---'), ...rows]
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n')
}

export default class Table implements Reporter {
  readonly #cells: Cell[] = []

  onTestEnd(_test: TestCase, { annotations }: TestResult): void {
    for (const { type, description = '' } of annotations)
      if (type === CELL) this.#cells.push(v.parse(cellSchema, JSON.parse(description)))
  }

  onEnd(): void {
    if (this.#cells.length > 0) process.stdout.write(`\n${tableOf(this.#cells)}\n\n`)
  }
}
