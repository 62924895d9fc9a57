/** A home network made for tests: two hosts with a browser each, and the real server, on one segment. */
import type { BrowserPool } from '../support/people.ts'
import { Server } from '../support/server.ts'
import { browsersIn } from './browser-in.ts'
import type { Cable } from './cable.ts'
import { Namespace } from './namespace.ts'
import { Segment } from './segment.ts'
import { built, type Undo } from './undo.ts'

export interface Host {
  readonly cable: Cable
  readonly browsers: BrowserPool
}

export interface Home {
  readonly server: Server
  readonly one: Host
  readonly other: Host
  /** Takes everything away, and ends what runs in it. */
  remove(): Promise<void>
}

/** Builds one. */
export function buildHome(): Promise<Home> {
  return built(async (undo) => {
    const segment = new Segment('segment', '10.7.0')
    undo.add(() => segment.namespace.remove())
    const { address, namespace } = segment
    const server = await Server.start({}, { address, command: (...words) => namespace.command(...words) })
    undo.add(async () => void (await server.kill()))
    return { server, one: host(segment, 'one', server.url, undo), other: host(segment, 'other', server.url, undo) }
  })
}

function host(segment: Segment, role: string, origin: string, undo: Undo): Host {
  const namespace = Namespace.create(role)
  undo.add(() => namespace.remove())
  return { cable: segment.plug(namespace), browsers: browsersIn(namespace, [origin], undo) }
}
