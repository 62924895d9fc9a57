/** Two NATs between two pages on this machine: each lets in only what comes while its own side is sending. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import type { Page } from '@playwright/test'

/** How long a NAT lets answers in after something went out, in milliseconds. In nature 30 s. */
export const HOLE = 1_000

/** What one side sees of the other: where it sends to, and from where something comes. */
interface Side {
  readonly socket: Socket
  /** Who sends to it, and when they did last. */
  sender: RemoteInfo | null
  sentAt: number
}

const ownAddress = (): string => {
  const found = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses)
  const address = found.find(({ family, internal }) => family === 'IPv4' && !internal)?.address
  if (address === undefined) throw new Error('This machine has no address that two pages could meet at.')
  return address
}

async function open(): Promise<Side> {
  const socket = createSocket('udp4')
  socket.bind(0, ownAddress())
  await once(socket, 'listening')
  return { socket, sender: null, sentAt: 0 }
}

function forward(from: Side, to: Side): void {
  from.socket.on('message', (data, sender) => {
    from.sender = sender
    from.sentAt = Date.now()
    if (to.sender && Date.now() - to.sentAt < HOLE) to.socket.send(data, to.sender.port, to.sender.address)
  })
}

/** Runs in a page: whatever it hears of the other's addresses, it sees only this one. Keeps the states of its connections. */
function seeOnly({ address, port }: { address: string; port: number }) {
  const states: { state: string; at: number }[] = []
  Object.assign(globalThis, { connectionStates: states })
  const { prototype } = RTCPeerConnection
  const { setRemoteDescription, addIceCandidate } = prototype
  const replaced = (candidate: string) =>
    candidate.replace(/^((?:a=)?candidate:\S+ 1 udp \d+) \S+ \d+/, `$1 ${address} ${port}`)
  Object.assign(prototype, {
    setRemoteDescription(this: RTCPeerConnection, { type, sdp = '' }: RTCSessionDescriptionInit) {
      this.addEventListener('connectionstatechange', () => states.push({ state: this.connectionState, at: Date.now() }))
      let seen = 0
      const lines = sdp.split('\r\n').filter((line) => !line.startsWith('a=candidate') || seen++ === 0)
      return Reflect.apply(setRemoteDescription, this, [{ type, sdp: lines.map(replaced).join('\r\n') }])
    },
    addIceCandidate(this: RTCPeerConnection, init: RTCIceCandidateInit) {
      return Reflect.apply(addIceCandidate, this, [{ ...init, candidate: replaced(init.candidate ?? '') }])
    },
  })
}

/** Puts the NATs between two pages, for connections that they make from now on. Gives how to take them away. */
export async function separate(one: Page, other: Page): Promise<() => void> {
  const [towardsOther, towardsOne] = [await open(), await open()]
  forward(towardsOther, towardsOne)
  forward(towardsOne, towardsOther)
  await one.evaluate(seeOnly, towardsOther.socket.address())
  await other.evaluate(seeOnly, towardsOne.socket.address())
  return () => {
    towardsOther.socket.close()
    towardsOne.socket.close()
  }
}

/** When a connection of this page failed, in milliseconds since the epoch; null while none has. */
export function failedAt(page: Page): Promise<number | null> {
  return page.evaluate(() => {
    const { connectionStates } = globalThis as unknown as { connectionStates: { state: string; at: number }[] }
    return connectionStates.find(({ state }) => state === 'failed')?.at ?? null
  })
}
