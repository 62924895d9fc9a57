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
      readonly options: NotificationOptions,
    ) {
      if (permission !== 'granted') return
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

/** From now on the browser is one that lets service workers notify only. */
function refuse(): void {
  const { permission } = Notification
  class Refused {
    static readonly permission = permission
    static readonly requestPermission = async () => 'granted'
    constructor() {
      throw new TypeError('Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.')
    }
  }
  Object.assign(window, { Notification: Refused })
}

async function answer(person: Person, message: string, text: string): Promise<void> {
  // An answer to it holds it, too, and stands below.
  const article = person.message(message).first()
  await article.hover()
  await article.getByRole('button', { name: 'Actions' }).click()
  await person.page.getByRole('menuitem', { name: 'Reply' }).click()
  await person.say(text)
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
  await ada.textbox.focus()
  await notice.getByRole('button', { name: 'Turn on' }).click()
  await expect(notice).toBeEmpty()
  await expect(ada.textbox).toBeFocused()
  expect(await shown(ada)).toEqual([])
  await look(ada, false)
  await ben.say('and now?')
  await expect.poll(() => shown(ada)).toEqual(['otters: Ben: and now?'])
  const options = await ada.page.evaluate(() => Reflect.get(window, 'lastNotification').options)
  expect(options).toMatchObject({ renotify: true, icon: '/favicon.svg' })
  await look(ada, true)
  await expect(ada.log.getByRole('separator', { name: 'New messages' })).toBeVisible()
  await ben.say('seen')
  await ada.sees('seen')
  expect(await shown(ada)).toHaveLength(1)
})

test('notifications can be only for mentions and answers, never for a muted room, and lead to their room', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada', before: observed })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ada.say('who is there?')
  await ben.sees('who is there?')
  await ada.page.getByRole('button', { name: 'Settings' }).click()
  await ada.page.getByRole('checkbox', { name: 'Notify me of new messages' }).check()
  await ada.page.getByRole('checkbox', { name: 'Play a sound' }).check()
  await ada.page.getByRole('checkbox', { name: 'Only when somebody mentions or answers me' }).check()
  await ada.page.keyboard.press('Escape')
  await ada.page.evaluate(
    (href) => {
      location.href = href
    },
    roomUrl(server.url, 'seals'),
  )
  await expect(ada.page.getByRole('heading', { name: 'seals' })).toBeVisible()
  await ben.say('nothing for you')
  await answer(ben, 'nothing for you', 'nor this')
  await answer(ben, 'who is there?', 'only me')
  await ben.say('but @ada, this')
  await expect.poll(() => shown(ada)).toEqual(['otters: Ben: only me', 'otters: Ben: but @ada, this'])
  await ada.page.evaluate(() => Reflect.get(window, 'lastNotification').onclick())
  await ada.sees('but @ada, this')
  await ada.page.getByRole('button', { name: 'Options for otters' }).click()
  await ada.page.getByRole('menuitem', { name: 'Mute' }).click()
  await look(ada, false)
  await ben.say('@Ada once more')
  await ada.sees('@Ada once more')
  expect(await shown(ada)).toHaveLength(2)
})

test('whoever does not want to be told keeps the focus where it was, or gets it where one writes', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada', before: observed })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  const notNow = ada.page.getByRole('status', { name: 'Notifications' }).getByRole('button', { name: 'Not now' })
  const ask = async (text: string) => {
    await look(ada, false)
    await ben.say(text)
    await expect(notNow).toBeVisible()
    await look(ada, true)
  }
  await ask('hello?')
  await ada.page.getByRole('button', { name: 'Invite' }).focus()
  await notNow.click()
  await expect(notNow).toBeHidden()
  await expect(ada.page.getByRole('button', { name: 'Invite' })).toBeFocused()
  await ada.page.evaluate(() => localStorage.clear())
  await ada.reload()
  await ada.isWith('Ada', 'Ben')
  await ask('hello again?')
  await ada.textbox.blur()
  await notNow.click()
  await expect(notNow).toBeHidden()
  await expect(ada.textbox).toBeFocused()
})

test('on a phone the answer brings up no keyboard', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { isPhone: true, before: observed })
  await look(ada, false)
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.say('hello?')
  const notNow = ada.page.getByRole('status', { name: 'Notifications' }).getByRole('button', { name: 'Not now' })
  await notNow.tap()
  await expect(notNow).toBeHidden()
  await expect(ada.log).toBeFocused()
})

const UNSUPPORTED = 'This browser has no notifications for a page like this.'

test('a browser that lets no page notify is found out: nobody is asked, and turning it on says why it stays off', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada', before: observed })
  const ben = await people.arrive(ada.url, { name: 'Ben', before: observed })
  await ada.isWith('Ada', 'Ben')
  for (const person of [ada, ben]) await person.page.evaluate(refuse)
  await look(ada, false)
  await ben.say('hello?')
  await ada.sees('hello?')
  await expect(ada.page).toHaveTitle(/^\(1\)/)
  await expect(ada.page.getByRole('status', { name: 'Notifications' })).toBeEmpty()
  await ben.page.getByRole('button', { name: 'Settings' }).click()
  await expect(ben.page.getByText(UNSUPPORTED)).toBeHidden()
  const notify = ben.page.getByRole('checkbox', { name: 'Notify me of new messages' })
  await notify.click()
  await expect(ben.page.getByText(UNSUPPORTED)).toBeVisible()
  await expect(notify).not.toBeChecked()
})

test('notifications that turn out to be impossible are turned off, and the settings say so', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada', before: observed })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ada.page.getByRole('button', { name: 'Settings' }).click()
  const notify = ada.page.getByRole('checkbox', { name: 'Notify me of new messages' })
  await notify.check()
  await ada.page.evaluate(refuse)
  await look(ada, false)
  await ben.say('hello?')
  await expect(ada.page.getByText(UNSUPPORTED)).toBeVisible()
  await expect(notify).not.toBeChecked()
  await ada.reload()
  await ada.page.getByRole('button', { name: 'Settings' }).click()
  await expect(notify).not.toBeChecked()
})
