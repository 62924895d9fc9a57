import { run } from './command.ts'

/** A namespace's name: this, the process that made it, a number of its own, and what it stands for. */
const PREFIX = 'earshot'

let made = 0

/** The processes in a namespace. */
const processesIn = (name: string): number[] =>
  run('ip', ['netns', 'pids', name]).split('\n').filter(Boolean).map(Number)

/** Ends all that runs in a namespace, and takes it away with the devices in it. */
function remove(name: string): void {
  for (const pid of processesIn(name))
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has just ended by itself.
    }
  run('ip', ['netns', 'delete', name])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A network stack of its own: interfaces, addresses, routes and rules that nothing else on this machine sees. */
export class Namespace {
  private constructor(readonly name: string) {}

  /** Makes one in which only the loopback interface is up. `role` says in `ip netns list` what it is for. */
  static create(role: string): Namespace {
    const namespace = new Namespace(`${PREFIX}-${process.pid}-${++made}-${role}`)
    run('ip', ['netns', 'add', namespace.name])
    namespace.ip('link', 'set', 'lo', 'up')
    return namespace
  }

  /** Takes away what runs left behind that were killed: their process is gone. */
  static removeStale(): void {
    for (const line of run('ip', ['netns', 'list']).split('\n')) {
      const [name = ''] = line.split(' ')
      const pid = new RegExp(`^${PREFIX}-(\\d+)-`).exec(name)?.[1]
      if (pid !== undefined && !isAlive(Number(pid))) remove(name)
    }
  }

  /** The command that runs a program in here: it becomes that program, so signals reach it. */
  command(program: string, ...args: string[]): [string, string[]] {
    return ['ip', ['netns', 'exec', this.name, program, ...args]]
  }

  /** Runs a program in here to its end. @throws Error as `run` does */
  run(program: string, args: readonly string[], input = ''): string {
    const [command, all] = this.command(program, ...args)
    return run(command, all, input)
  }

  /** Runs `ip` on the devices in here. */
  ip(...args: string[]): void {
    run('ip', ['-n', this.name, ...args])
  }

  /** Ids of the processes in here. */
  get processes(): readonly number[] {
    return processesIn(this.name)
  }

  /** Lets it pass on what is meant for others, as routers do. */
  forward(): void {
    for (const family of ['ipv4/ip_forward', 'ipv6/conf/all/forwarding'])
      this.run('sh', ['-c', `echo 1 > /proc/sys/net/${family}`])
  }

  remove(): void {
    remove(this.name)
  }
}
