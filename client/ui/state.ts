import { batch, computed, effect, signal } from '@preact/signals'
import {
  type Connection,
  type Keeping,
  type Member,
  type Message,
  type Room,
  RoomError,
  type RoomEvents,
} from '../room/types.ts'
import { memberNotice, words } from '../texts/page/text.ts'
import { Draft } from './drafts.ts'
import {
  aroundFrom,
  drawnRange,
  earlierFrom,
  firstBehind,
  laterFrom,
  PAGE,
  POURING_PAGE,
  readToAfter,
  unreadAfter,
} from './drawn.ts'
import { later } from './lazy.tsx'
import type { Names } from './Plain.tsx'
import { perFrame } from './per-frame.ts'
import type { Composing, Deleting, OpenMenu, RoomState } from './room-state.ts'

export type { RoomState }

/** A notice is shown this long, in milliseconds. */
const NOTICE_TIME = 6_000
/** A message that one wants to see is waited for this long before that is said, in milliseconds. */
const WAITING_TIME = 10_000
/** More messages than this at once are history or a flood: nobody wants them read out. */
const READ_OUT = 10
const QUIET_TIME = 1_000
/** While more than so many come for one frame, nobody can read them: only the last are drawn, and not more often than this, in milliseconds. */
const POURING = 50
const POURING_PAUSE = 200

/** Turns a room's events into signals, once per frame however many events come. */
export function watchRoom(room: Room): RoomState {
  const members = signal<readonly Member[]>(room.members)
  const connection = signal<Connection>(room.connection)
  const messages = signal<readonly Message[]>([...room.messages])
  const keeping = signal<Keeping>(room.keeping)
  const notice = signal('')
  const trouble = signal('')
  const move = signal<RoomEvents['moved'] | null>(null)
  const caution = signal('')
  /** The cautions that were said, each once. */
  const cautioned = new Set<string>()
  let dubious: readonly Member[] = []
  const from = signal<string | null>(null)
  const following = signal(true)
  const readTo = signal<string | null>(null)
  const isVisible = signal(document.visibilityState === 'visible')
  const shown = signal(true)
  /** It is before somebody's eyes. */
  const isSeen = computed(() => isVisible.value && shown.value)
  const newFrom = signal<string | null>(null)
  const openedAt = Date.now()
  /** The last message that was seen on an earlier visit, until it is here and what follows it is marked as new. */
  let sawTo: string | null = null
  const quiet = signal(false)
  const goal = signal<{ readonly key: string; readonly focus: boolean } | null>(null)
  const composing = signal<Composing | null>(null)
  const menu = signal<OpenMenu | null>(null)
  let awaited: string | null = null
  const draft = new Draft(room)
  const pouring = signal(false)
  const range = computed(() => drawnRange(messages.value, from.value, pouring.value ? POURING_PAGE : PAGE))
  const unread = computed(() => unreadAfter(messages.value, readTo.value))

  const nameKey = computed(() => [room.me.name, ...members.value.map(({ name }) => name)].join('\n'))
  const names = computed((): Names => {
    const [me = '', ...all] = nameKey.value.split('\n')
    return { all, me }
  })

  let noticeTimer: ReturnType<typeof setTimeout> | undefined
  let quietTimer: ReturnType<typeof setTimeout> | undefined
  let waitTimer: ReturnType<typeof setTimeout> | undefined
  // Those who were there before oneself did not just come.
  let isSettled = false

  const say = (text: string) => {
    clearTimeout(noticeTimer)
    notice.value = text
    noticeTimer = setTimeout(() => {
      notice.value = ''
    }, NOTICE_TIME)
  }
  const keepQuiet = () => {
    clearTimeout(quietTimer)
    quiet.value = true
    quietTimer = setTimeout(() => {
      quiet.value = false
    }, QUIET_TIME)
  }
  const warn = () => {
    const news = room.members.filter(({ id, name, caution }) => {
      const key = caution && [id, name, caution.kind, caution.name, caution.of, caution.verified].join()
      return key !== null && !cautioned.has(key) && cautioned.add(key)
    })
    if (news.length === 0) return
    import('../texts/page/people-text.ts').then(
      ({ cautionAlert }) => {
        // What was said before stands until it is dismissed.
        dubious = caution.value === '' ? news : [...dubious, ...news]
        caution.value = cautionAlert(dubious)
      },
      () => {
        trouble.value = words.notLoaded
      },
    )
  }
  const read = () => {
    const isPouring = room.messages.length - messages.value.length > POURING
    batch(() => {
      pouring.value = isPouring
      warn()
      const change = isSettled ? memberNotice(members.value, room.members) : ''
      if (change !== '') say(change)
      if (room.messages.length - messages.value.length > READ_OUT) keepQuiet()
      members.value = room.members
      connection.value = room.connection
      keeping.value = room.keeping
      const next = [...room.messages]
      if (next.length < messages.value.length) readTo.value = readToAfter(messages.value, next, readTo.value)
      messages.value = next
      // Whoever is writing goes on writing.
      if (awaited !== null && room.message(awaited)) show(awaited, { focus: draft.text === '' && !composing.value })
      const before = sawTo === null ? null : (room.message(sawTo)?.key ?? null)
      if (before !== null) newFrom.value ??= firstBehind(next, before, ({ at }) => at < openedAt)
      isSettled ||= room.connection.server === 'connected' && room.connection.connecting === 0
    })
    return isPouring ? POURING_PAUSE : 0
  }

  const frame = perFrame(read)
  const events = ['message', 'member', 'connection', 'typing', 'keeping'] as const
  const watched = events.map((event) => room.on(event, frame.request))
  const stops = [
    ...watched,
    room.on('error', ({ message }) => {
      trouble.value = message
    }),
    room.on('moved', (moved) => {
      move.value = moved
    }),
    effect(() => {
      if (following.value && isSeen.value) readTo.value = messages.value.at(-1)?.key ?? null
    }),
  ]
  // What is drawn otherwise once it can be was read out before.
  stops.push(effect(() => void (later.value && keepQuiet())))
  const onVisibility = () => {
    isVisible.value = document.visibilityState === 'visible'
    frame.request()
  }
  document.addEventListener('visibilitychange', onVisibility)

  /** What was last when one looked away; null while one looks. */
  let left: { readonly key: string | null } | null = null
  const stopSeeing = effect(() => {
    if (!isSeen.value) {
      left = { key: messages.peek().at(-1)?.key ?? null }
      newFrom.value = null
    } else if (left !== null) {
      // What came since is here only with the next frame, which a hidden page may not have drawn.
      newFrom.value = firstBehind(room.messages, left.key)
      left = null
    }
  })

  const stay = () =>
    batch(() => {
      if (!following.value) return
      from.value = messages.value[range.value.start]?.key ?? null
      following.value = false
    })

  const show = (id: string, { wait = false, focus = true } = {}) =>
    batch(() => {
      const message = room.message(id)
      const around = message && aroundFrom(messages.value, message.key)
      clearTimeout(waitTimer)
      awaited = around === null && wait ? id : null
      if (!message || around === null) {
        if (wait) waitTimer = setTimeout(() => say(words.notHereYet), WAITING_TIME)
        else say(words.notHere)
        return
      }
      stay()
      keepQuiet()
      from.value = around
      goal.value = { key: message.key, focus }
    })

  return {
    room,
    members,
    connection,
    names,
    messages,
    keeping,
    notice,
    trouble,
    move,
    caution,
    range,
    following,
    unread,
    quiet,
    goal,
    composing,
    menu,
    deleting: signal<Deleting | null>(null),
    focused: signal<string | null>(null),
    newFrom,
    readTo: computed(() => messages.value.findLast(({ key }) => key === readTo.value)?.id ?? null),
    shown,
    label: signal(null),
    muted: signal(false),
    place: null,
    sawBefore(id) {
      sawTo = id
      frame.request()
    },
    follow: () =>
      batch(() => {
        following.value = true
        from.value = null
      }),
    stay,
    showEarlier: () =>
      batch(() => {
        if (range.value.start === 0) return
        stay()
        keepQuiet()
        from.value = earlierFrom(messages.value, range.value)
      }),
    showLater: () =>
      batch(() => {
        if (range.value.end === messages.value.length) return
        keepQuiet()
        from.value = laterFrom(messages.value, range.value)
      }),
    show,
    compose(what) {
      composing.value = what
    },
    editLast() {
      const own = messages.value.findLast(({ kind, mine, deleted, id }) => kind === 'text' && mine && !deleted && id)
      if (own?.id) composing.value = { kind: 'edit', id: own.id }
      return own !== undefined
    },
    draft,
    act(doing) {
      try {
        doing(room)
        frame.request()
      } catch (error) {
        if (!(error instanceof RoomError)) throw error
        trouble.value = error.message
      }
    },
    say,
    async attempt(doing) {
      try {
        await doing
        return true
      } catch (error) {
        if (!(error instanceof RoomError)) throw error
        trouble.value = error.message
        return false
      }
    },
    refresh: frame.request,
    close() {
      frame.cancel()
      clearTimeout(noticeTimer)
      clearTimeout(quietTimer)
      clearTimeout(waitTimer)
      document.removeEventListener('visibilitychange', onVisibility)
      for (const stop of [...stops, stopSeeing]) stop()
      void room.leave()
    },
  }
}
