import type { Page } from '@playwright/test'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const LINE = 'Ada made a new link for this room, and gave it to people who were here.'

const keyOf = (person: Person): string => person.url.replace(/^.*\//, '').slice(0, 22)

/** Notes every message that comes to this page over a channel, so that `heard` can tell what this member was ever sent. */
async function listenToChannels(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const latin1 = (data: ArrayBuffer) => String.fromCharCode(...new Uint8Array(data))
    const note = ({ data }: MessageEvent) => heard.push(data instanceof ArrayBuffer ? latin1(data) : String(data))
    const create = RTCPeerConnection.prototype.createDataChannel
    RTCPeerConnection.prototype.createDataChannel = function (...args) {
      const channel = create.apply(this, args)
      channel.addEventListener('message', note)
      return channel
    }
    const dispatch = Object.getOwnPropertyDescriptor(RTCPeerConnection.prototype, 'ondatachannel')
    Object.defineProperty(RTCPeerConnection.prototype, 'ondatachannel', {
      ...dispatch,
      set(this: RTCPeerConnection, handler) {
        this.addEventListener('datachannel', ({ channel }) => channel.addEventListener('message', note))
        dispatch?.set?.call(this, handler)
      },
    })
  })
  await page.reload()
}

/** Whether these bytes, in Latin-1, or their base64url came to a page over any channel; and how many messages did. */
async function heardAnywhere({ page }: Person, key: string): Promise<{ found: boolean; messages: number }> {
  const bytes = Buffer.from(key, 'base64url').toString('latin1')
  return page.evaluate(
    ([key, bytes]) => {
      const { heard } = window as unknown as { heard: string[] }
      return { found: heard.some((text) => text.includes(bytes) || text.includes(key)), messages: heard.length }
    },
    [key, bytes] as const,
  )
}

async function openNewLink({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('button', { name: 'New link' }).click()
  await expect(page.getByRole('heading', { name: 'New link' })).toBeVisible()
}

test('a new link goes to whom one chooses and to nobody else, and the old room only learns that there is one', async ({
  server,
  people,
}) => {
  test.slow()
  const old = roomUrl(server.url)
  const ada = await people.arrive(old, { name: 'Ada' })
  const ben = await people.arrive(old, { name: 'Ben' })
  const cleo = await people.arrive(old, { name: 'Cleo' })
  await listenToChannels(ben.page)
  await listenToChannels(cleo.page)
  await Promise.all([ada, ben, cleo].map((person) => person.isWith('Ada', 'Ben', 'Cleo')))
  await ada.say('before')
  await cleo.sees('before')

  await openNewLink(ada)
  const choices = ada.page.getByRole('group', { name: 'Who gets the new link' }).getByRole('checkbox')
  await expect(choices).toHaveCount(2)
  for (const choice of await choices.all()) await expect(choice).toBeChecked()
  await ada.page.getByRole('checkbox', { name: 'Cleo' }).uncheck()
  await ada.page.getByRole('button', { name: 'Make the new link' }).click()
  await expect(ada.page).not.toHaveURL(old)

  const notice = ben.page.getByRole('alert').filter({ hasText: 'Ada made a new link for this room.' })
  await expect(notice).toBeVisible()
  await expect(ben.log.getByText(LINE)).toBeVisible()
  await expect(cleo.log.getByText(LINE)).toBeVisible()
  await expect(cleo.page.getByRole('button', { name: 'Go there' })).toHaveCount(0)
  const key = keyOf(ada)
  expect(key).not.toBe(old.replace(/^.*\//, ''))
  // Ben was told over his link, which shows that one would find it in what Cleo was told.
  expect((await heardAnywhere(ben, key)).found).toBe(true)
  await notice.getByRole('button', { name: 'Go there' }).click()
  await expect(ben.page).toHaveURL(ada.url)
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  await ada.say('after')
  await ben.sees('after')

  const dora = await people.arrive(old, { name: 'Dora' })
  await listenToChannels(dora.page)
  await dora.sees('before')
  await expect(dora.log.getByText(LINE)).toBeVisible()
  await dora.isWith('Cleo', 'Dora')
  for (const person of [cleo, dora]) {
    await expect(person.message('after')).toHaveCount(0)
    const { found, messages } = await heardAnywhere(person, key)
    expect(messages).toBeGreaterThan(3)
    expect(found).toBe(false)
    expect(await person.page.content()).not.toContain(key)
  }
})

test('a room with a password gets a new one along with the new link, and one may stay', async ({ server, people }) => {
  const enter = async ({ page }: Person, password: string) => {
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Join' }).click()
  }
  const old = `${roomUrl(server.url)}?p`
  const ada = await people.arrive(old)
  await enter(ada, 'old')
  await ada.rename('Ada')
  const ben = await people.arrive(old)
  await enter(ben, 'old')
  await ben.rename('Ben')
  await ada.isWith('Ada', 'Ben')
  await openNewLink(ada)
  await ada.page.getByRole('button', { name: 'Make the new link' }).click()
  await expect(ada.page.getByText('Type the password first.')).toBeVisible()
  await ada.page.getByLabel('New password').fill('new')
  await ada.page.getByRole('button', { name: 'Make the new link' }).click()
  await expect(ada.page).not.toHaveURL(old)
  await ada.isWith('Ada')
  await ben.page.getByRole('button', { name: 'Stay' }).click()
  await expect(ben.page.getByRole('button', { name: 'Go there' })).toHaveCount(0)
  await expect(ben.page).toHaveURL(old)
  await ben.page.goto(ada.url)
  await enter(ben, 'new')
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
})

test('who bears another’s name is marked where a new link is made and where one is offered', async ({
  server,
  people,
}) => {
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  await people.arrive(url, { name: 'Ben' })
  const eve = await people.arrive(url, { name: 'Eve' })
  await ada.isWith('Ada', 'Ben', 'Eve')
  await ada.verify('Ben')
  await eve.page.getByRole('button', { name: 'Settings' }).click()
  await eve.page.getByRole('textbox', { name: 'Your name' }).fill('Ben')
  await eve.page.getByRole('textbox', { name: 'Your name' }).press('Enter')
  const mark = 'not the Ben you verified'
  await expect(ada.memberItems.filter({ hasText: mark })).toHaveCount(1)

  await openNewLink(ada)
  await expect(ada.page.getByRole('checkbox', { name: mark })).not.toBeChecked()
  await expect(ada.page.getByRole('checkbox', { name: 'Ben verified' })).toBeChecked()
  await ada.page.keyboard.press('Escape')

  await openNewLink(eve)
  await eve.page.getByRole('button', { name: 'Make the new link' }).click()
  const offer = ada.page.getByRole('alert').filter({ hasText: 'made a new link' })
  await expect(offer).toContainText(mark)
  await expect(ada.page.getByRole('log')).toContainText(mark)
  await offer.getByRole('button', { name: 'Stay' }).click()
})

test('the new link of somebody hidden is not offered', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const eve = await people.arrive(ada.url, { name: 'Eve' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await Promise.all([ada, eve].map((person) => person.isWith('Ada', 'Ben', 'Eve')))
  await ada.page.getByRole('button', { name: 'Hide Eve' }).click()
  await openNewLink(eve)
  await eve.page.getByRole('button', { name: 'Make the new link' }).click()
  await expect(ben.page.getByRole('button', { name: 'Go there' })).toBeVisible()
  // What Ben says now comes after it over the same server and the same kind of link.
  await ben.say('did you see that?')
  await ada.sees('did you see that?')
  await expect(ada.page.getByRole('button', { name: 'Go there' })).toHaveCount(0)
  await expect(ada.page.getByText('made a new link')).toHaveCount(0)
})
