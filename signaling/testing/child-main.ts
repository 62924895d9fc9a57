/** What `startChild` runs: the server, and answers on its memory. */
import { readSettings } from '../config.ts'
import { createServer } from '../server.ts'
import { BUILD } from './build.ts'

const server = await createServer(readSettings(process.env), BUILD, {
  page: process.argv[2] ?? '',
  log: process.stdout,
})
const { port } = await server.listen()

process.on('message', () => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  process.send?.({ bytes: heapUsed + external })
})
process.send?.({ port })
