/** The processes of a browser, as the system's `ps` tells of them. */
import { spawnSync } from 'node:child_process'
import type { Person } from './person.ts'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** Everything that runs in a person's browser: its own process, and all that came of it. */
async function processesOf(person: Person): Promise<Process[]> {
  const session = await person.browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const main = processInfo.find(({ type }) => type === 'browser')
  if (!main) throw new Error('The browser does not tell its process.')
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  const all = stdout.split('\n').flatMap((line): Process[] => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
  })
  const found = all.filter(({ pid }) => pid === main.id)
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid))
  return found
}

function signal(processes: readonly Process[], name: NodeJS.Signals): void {
  for (const { pid } of processes)
    try {
      process.kill(pid, name)
    } catch {
      // It has just ended.
    }
}

/** A computer that can be put to sleep: all that runs in a person's browser. */
export class Laptop {
  private constructor(private readonly processes: readonly Process[]) {}

  static async of(person: Person): Promise<Laptop> {
    return new Laptop(await processesOf(person))
  }

  /** Stops all that has to do with the network; the pages still run. */
  stopNetwork(): void {
    const network = this.processes.filter(({ command }) => command.includes('network.mojom.NetworkService'))
    if (network.length === 0) throw new Error('The browser has no process for the network.')
    signal(network, 'SIGSTOP')
  }

  /** Stops everything at once. Until it wakes, ask nothing of the person's page. */
  sleep(): void {
    signal(this.processes, 'SIGSTOP')
  }

  wake(): void {
    signal(this.processes, 'SIGCONT')
  }
}
