/** A home network made for tests: two hosts with a browser each, and the real server, on one segment. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchOptions } from '@playwright/test'
import { launchOptions } from '../support/browser.ts'
import { BrowserPool } from '../support/people.ts'
import { Server } from '../support/server.ts'
import type { Cable } from './cable.ts'
import { Namespace } from './namespace.ts'
import { Segment } from './segment.ts'

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

type Removals = (() => void | Promise<void>)[]

/** Builds one. What was built is taken away again when that fails. */
export async function buildHome(): Promise<Home> {
  const removals: Removals = []
  const remove = async () => {
    for (const undo of removals.splice(0).reverse()) await undo()
  }
  try {
    const segment = new Segment('segment', '10.7.0')
    removals.push(() => segment.namespace.remove())
    const { address, namespace } = segment
    const server = await Server.start({}, { address, command: (...words) => namespace.command(...words) })
    removals.push(async () => void (await server.kill()))
    const [one, other] = [host(segment, 'one', server.url, removals), host(segment, 'other', server.url, removals)]
    return { server, one, other, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

function host(segment: Segment, role: string, origin: string, removals: Removals): Host {
  const namespace = Namespace.create(role)
  removals.push(() => namespace.remove())
  const cable = segment.plug(namespace)
  const browsers = new BrowserPool(launchOptionsIn(namespace, origin, removals))
  removals.push(() => browsers.close())
  return { cable, browsers }
}

/** How to start the browser in a namespace: by a script, since Playwright stays outside. */
function launchOptionsIn(namespace: Namespace, origin: string, removals: Removals): LaunchOptions {
  const { args, executablePath } = launchOptions()
  if (executablePath === undefined) throw new Error('There is no browser.')
  const folder = mkdtempSync(join(tmpdir(), 'earshot-'))
  removals.push(() => rmSync(folder, { recursive: true }))
  const script = join(folder, 'browser')
  const [command, words] = namespace.command(executablePath)
  const quoted = [command, ...words].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  writeFileSync(script, `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 })
  // As over https, without a certificate.
  return { args: [...args, `--unsafely-treat-insecure-origin-as-secure=${origin}`], executablePath: script }
}
