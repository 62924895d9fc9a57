import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

/** Stands in for the system's notifications, which no test can see, and for a page that one can hide. */
function observed(): void {
  const shown: string[] = []
  let permission = 'default'
  class Recorded {
    onclick: (() => void) | null = null
    constructor(
      readonly title: string,
      readonly options: { body: string; tag: string },
    ) {
      shown.push(`${title}: ${options.body}`)
      Object.assign(window, { lastNotification: this })
    }
    close(): void {}
    static get permission() {
      return permission
    }
    static async requestPermission() {
      permission = 'granted'
      return permission
    }
  }
  let state = 'visible'
  Object.defineProperty(document, 'visibilityState', { get: () => state })
  const setVisible = (isVisible: boolean) => {
    state = isVisible ? 'visible' : 'hidden'
    document.dispatchEvent(new Event('visibilitychange'))
  }
  const badges: number[] = []
  Object.defineProperty(navigator, 'setAppBadge', { value: async (count: number) => void badges.push(count) })
  Object.assign(window, { Notification: Recorded, shown, setVisible, badges })
}

const look = (person: Person, isVisible: boolean) =>
  person.page.evaluate((visible) => Reflect.get(window, 'setVisible')(visible), isVisible)
const shown = (person: Person): Promise<string[]> => person.page.evaluate(() => Reflect.get(window, 'shown'))

test('one is asked once, when something came unseen, and then told of what comes while nobody looks', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada', before: observed })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ben.say('you see me')
  await ada.sees('you see me')
  const notice = ada.page.getByRole('status', { name: 'Notifications' })
  await expect(notice).toBeEmpty()
  await look(ada, false)
  await ben.say('do you?')
  await ada.sees('do you?')
  await expect(ada.page).toHaveTitle(/^\(1\)/)
  expect(await ada.page.evaluate(() => Reflect.get(window, 'badges').at(-1))).toBe(1)
  await look(ada, true)
  await notice.getByRole('button', { name: 'Turn on' }).click()
  await expect(notice).toBeEmpty()
  expect(await shown(ada)).toEqual([])
  await look(ada, false)
  await ben.say('and now?')
  await expect.poll(() => shown(ada)).toEqual(['otters: Ben: and now?'])
  await look(ada, true)
  await expect(ada.log.getByRole('separator', { name: 'New messages' })).toBeVisible()
  await ben.say('seen')
  await ada.sees('seen')
  expect(await shown(ada)).toHaveLength(1)
})

test('notifications can be only for mentions, never for a muted room, and lead to their room', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada', before: observed })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ada.page.getByRole('button', { name: 'Settings' }).click()
  await ada.page.getByRole('checkbox', { name: 'Notify me of new messages' }).check()
  await ada.page.getByRole('checkbox', { name: 'Play a sound' }).check()
  await ada.page.getByRole('checkbox', { name: 'Only when somebody mentions me' }).check()
  await ada.page.keyboard.press('Escape')
  await ada.page.evaluate(
    (href) => {
      location.href = href
    },
    roomUrl(server.url, 'seals'),
  )
  await expect(ada.page.getByRole('heading', { name: 'seals' })).toBeVisible()
  await ben.say('nothing for you')
  await ben.say('but @ada, this')
  await expect.poll(() => shown(ada)).toEqual(['otters: Ben: but @ada, this'])
  await ada.page.evaluate(() => Reflect.get(window, 'lastNotification').onclick())
  await ada.sees('but @ada, this')
  await ada.page.getByRole('button', { name: 'Options for otters' }).click()
  await ada.page.getByRole('menuitem', { name: 'Mute' }).click()
  await look(ada, false)
  await ben.say('@Ada once more')
  await ada.sees('@Ada once more')
  expect(await shown(ada)).toHaveLength(1)
})
