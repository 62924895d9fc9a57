import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

/** A page of somebody else that knows Earshot only by its script. */
const PAGE = `<!doctype html>
<html lang="en">
  <meta charset="utf-8"><title>Somebody else's page</title><link rel="icon" href="data:,">
  <ol id="messages"></ol>
  <script type="module">
    const url = new URLSearchParams(location.search).get('room')
    const { joinRoom } = await import(new URL('/earshot.js', url))
    const room = joinRoom(url, { name: 'Embedded' })
    const draw = () => {
      messages.replaceChildren(...room.messages.map(({ name, text, state }) => {
        const item = document.createElement('li')
        item.textContent = name + ': ' + text + ' (' + state + ')'
        return item
      }))
    }
    room.on('message', draw)
    window.room = room
  </script>
</html>`

let elsewhere: HttpServer
let origin = ''

test.beforeAll(async () => {
  elsewhere = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(PAGE)
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
})

test.afterAll(() => {
  elsewhere.close()
})

test('a page of another origin joins a room with /earshot.js and talks with people in it', async ({
  startServer,
  people,
  watch,
}) => {
  const server = await startServer({ ALLOWED_ORIGINS: origin })
  watch.allow(server.url)
  const room = roomUrl(server.url)
  const ada = await people.arrive(room, { name: 'Ada' })
  const embedded = await people.arrive(`${origin}/?room=${encodeURIComponent(room)}`)
  await ada.isWith('Ada', 'Embedded')
  await ada.say('hello, page')
  await expect(embedded.page.getByText('Ada: hello, page (received)')).toBeVisible()
  await embedded.page.evaluate(() =>
    (window as unknown as { room: { send(text: string): void } }).room.send('hello back'),
  )
  await ada.sees('hello back')
  await expect(ada.message('hello back')).toHaveAccessibleName(/^Embedded/)
  await expect(embedded.page.getByText('Embedded: hello back (delivered)')).toBeVisible()
})

test('a page of an origin that is not on the list is not let in', async ({ server, people, watch }) => {
  watch.expect(/WebSocket connection to .* failed/, /status 403/)
  watch.allow(server.url)
  const room = roomUrl(server.url)
  const ada = await people.arrive(room, { name: 'Ada' })
  const embedded = await people.arrive(`${origin}/?room=${encodeURIComponent(room)}`)
  await embedded.page.waitForEvent('console', (message) => /WebSocket connection to .* failed/.test(message.text()))
  await ada.isWith('Ada')
})
