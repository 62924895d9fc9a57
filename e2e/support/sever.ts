/** Cuts the connection between two pages, as no page would do by itself. */
import type { BrowserContext } from '@playwright/test'
import type { Person } from './person.ts'

declare global {
  interface Window {
    /** Every connection that the page made. */
    earshotConnections?: RTCPeerConnection[]
  }
}

/** Remembers the connections of all pages that are opened in this context from now on. */
export async function rememberConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const connections: RTCPeerConnection[] = []
    window.earshotConnections = connections
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        connections.push(this)
      }
    }
  })
}

const ends = (person: Person): Promise<{ local: string; remote: string; isOpen: boolean }[]> =>
  person.page.evaluate(() => {
    const of = (description: RTCSessionDescription | null) =>
      /a=fingerprint:(.*)/.exec(description?.sdp ?? '')?.[1]?.trim() ?? ''
    return (window.earshotConnections ?? []).map(({ localDescription, remoteDescription, connectionState }) => ({
      local: of(localDescription),
      remote: of(remoteDescription),
      isOpen: connectionState === 'connected',
    }))
  })

/** Which of `person`'s connections lead to `other` and are open. */
async function shared(person: Person, other: Person): Promise<number[]> {
  const [mine, theirs] = await Promise.all([ends(person), ends(other)])
  return mine.flatMap(({ local, remote, isOpen }, index) =>
    isOpen && theirs.some((their) => their.isOpen && their.local === remote && their.remote === local) ? [index] : [],
  )
}

/** Whether one connection is open between two. */
export const areLinked = async (one: Person, other: Person): Promise<boolean> => (await shared(one, other)).length === 1

/** Closes `person`'s end of the open connection to `other`, under the feet of both pages. Returns how many there were. */
export async function sever(person: Person, other: Person): Promise<number> {
  const indices = await shared(person, other)
  await person.page.evaluate((closing) => {
    for (const index of closing) window.earshotConnections?.[index]?.close()
  }, indices)
  return indices.length
}
