import { WebSocket } from 'ws'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const secrets = {
  'a message': 'the eagle lands at midnight',
  'a word of a message': 'midnight',
  'an answer': 'bring Grüße & "marmalade"',
  'a word of an answer': 'marmalade',
  "Ada's name": 'Adalbertina Quietwater',
  "Ben's name": 'Benedikt Östergård',
  'the room': 'Geheime Runde',
}

test('nothing that people say, nor who they are, nor their room crosses the server', async ({ recorder, people }) => {
  const url = roomUrl(recorder.url, secrets['the room'])
  const key = url.slice(url.lastIndexOf('/') + 1)
  const everything = { ...secrets, 'the key': key, "the key's bytes": Buffer.from(key, 'base64url') }

  const ada = await people.arrive(url, { name: secrets["Ada's name"] })
  const ben = await people.arrive(url, { name: secrets["Ben's name"] })
  await ben.isWith(secrets["Ada's name"], secrets["Ben's name"])
  await ada.say(secrets['a message'])
  await ben.sees(secrets['a message'])
  await ben.say(secrets['an answer'])
  await ada.sees(secrets['an answer'])
  await ben.reload()
  await ben.isWith(secrets["Ada's name"], secrets["Ben's name"])
  await ben.sees(secrets['a message'])

  // The recorder did see what crossed: their joins, and envelopes both ways.
  const crossed = recorder.recorded
  const texts = crossed
    .filter(({ kind, direction }) => kind === 'text' && direction === 'up')
    .map(({ bytes }) => `${bytes}`)
  expect(texts.filter((text) => text.includes('"join"')).length).toBeGreaterThanOrEqual(3)
  for (const way of ['up', 'down'] as const)
    expect(crossed.some(({ kind, direction }) => kind === 'binary' && direction === way)).toBe(true)
  expect(recorder.findAnywhere(everything)).toEqual([])

  // And it would have found them: somebody who does send them is caught.
  const socket = new WebSocket(`${recorder.url.replace('http', 'ws')}/signal`)
  await new Promise((resolve) => socket.once('open', resolve))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  for (const secret of Object.values(everything)) socket.send(Buffer.from(secret))
  socket.close()
  await closed
  const found = new Set(recorder.findAnywhere(everything).map(({ secret }) => secret))
  expect([...found].sort()).toEqual(Object.keys(everything).sort())
})
