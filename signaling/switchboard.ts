/** Who is in which room, and who hears of it. No sockets, no timers, no clock: it does what it is told, at once. */
import { createHash } from 'node:crypto'
import { type ErrorCode, type Join, PEER_ID_BYTES, type ServerMessage } from './protocol.ts'

/** Where a member can be reached. Its methods must not call the switchboard back before they return. */
export interface Line {
  /** Tells the member that it is in, under this id, and who else is. */
  welcome(peer: string, peers: string[]): void
  /** Tells the member something. */
  send(message: ServerMessage): void
  /** Passes another member's frame on; the first bytes of it are the sender's id by now. */
  pass(frame: Buffer): void
  /** The same visit has joined again on another line: this one has lost its seat. */
  replaced(): void
}

interface Room {
  readonly topic: string
  /** By peer id, its bytes as Latin-1 text: the quickest key that Node makes of bytes. */
  readonly seats: Map<string, Seat>
}

/** A member's place in a room, kept for as long as one line holds it. */
export interface Seat {
  /** Peer id in hex. */
  readonly peer: string
  /** Peer id as bytes. */
  readonly id: Buffer
  readonly key: string
  readonly room: Room
  readonly line: Line
  /** Whether the line is gone and the seat is only kept for the visit to come back. */
  broken: boolean
}

const sha256 = (...parts: Buffer[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The peer id that a join proves: the first 16 bytes of SHA-256(SHA-256(token) | commit). */
export function peerId({ token, commit }: Pick<Join, 'token' | 'commit'>): Buffer {
  return sha256(sha256(Buffer.from(token, 'hex')), Buffer.from(commit, 'hex')).subarray(0, PEER_ID_BYTES)
}

/** A join that was refused. */
export class JoinError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string) {
    super(message)
    this.name = 'JoinError'
    this.code = code
  }
}

/** All rooms of this server. */
export class Switchboard {
  readonly #maxMembers: number
  readonly #rooms = new Map<string, Room>()
  #members = 0

  /** @param maxMembers - how many seats a room may have, those whose line is broken among them */
  constructor(maxMembers: number) {
    this.#maxMembers = maxMembers
  }

  /** How many rooms there are. */
  get rooms(): number {
    return this.#rooms.size
  }

  /** How many seats there are in all rooms. */
  get members(): number {
    return this.#members
  }

  /**
   * Gives a line a seat, welcomes it and tells the others. A visit that has a seat in the room takes it over, full room or
   * not: its old line is told so, and the others hear nothing.
   * @throws JoinError `room-full`
   */
  join(line: Line, join: Pick<Join, 'topic' | 'token' | 'commit'>): Seat {
    const id = peerId(join)
    const key = id.toString('latin1')
    const room = this.#rooms.get(join.topic) ?? { topic: join.topic, seats: new Map<string, Seat>() }
    const old = room.seats.get(key)
    if (old === undefined && room.seats.size >= this.#maxMembers)
      throw new JoinError('room-full', `This room is full: it may have ${this.#maxMembers} members.`)

    const seat: Seat = { peer: id.toString('hex'), id, key, room, line, broken: false }
    this.#rooms.set(room.topic, room)
    room.seats.set(key, seat)
    const peers = [...room.seats.values()].filter((other) => other !== seat).map((other) => other.peer)
    line.welcome(seat.peer, peers)
    if (old === undefined) {
      this.#members += 1
      this.#announce(seat, { type: 'joined', peer: seat.peer })
    } else {
      old.line.replaced()
    }
    return seat
  }

  /** Gives a seat up and tells the others. A seat that was taken over or given up already is none of the caller's. */
  leave(seat: Seat): void {
    const { room, key, peer } = seat
    if (room.seats.get(key) !== seat) return
    room.seats.delete(key)
    this.#members -= 1
    if (room.seats.size === 0) this.#rooms.delete(room.topic)
    this.#announce(seat, { type: 'left', peer })
  }

  /** Keeps the seat of a line that broke, for its visit to come back. The others hear nothing yet. */
  broke(seat: Seat): void {
    seat.broken = true
  }

  /** Ends the wait that `broke` began: gives the seat up, unless the visit came back and took it over. */
  expire(seat: Seat): void {
    if (seat.broken) this.leave(seat)
  }

  /**
   * Passes a frame to the member of the sender's room whose id it begins with. The sender's id is written over that one in
   * place. For a member that is not there, or not now, the frame is dropped without a word.
   * @param frame - at least 16 bytes; not looked into beyond them
   */
  forward(sender: Seat, frame: Buffer): void {
    const receiver = sender.room.seats.get(frame.toString('latin1', 0, PEER_ID_BYTES))
    if (receiver === undefined || receiver === sender || receiver.broken) return
    sender.id.copy(frame)
    receiver.line.pass(frame)
  }

  #announce(seat: Seat, message: ServerMessage): void {
    for (const other of seat.room.seats.values()) if (other !== seat && !other.broken) other.line.send(message)
  }
}
