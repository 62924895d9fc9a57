import { expect, test } from './support/test.ts'

/** What a page might do, and how the watch puts it. */
const FAULTS = [
  ["console.error('oh dear')", /^console: oh dear/],
  ["setTimeout(() => { throw new Error('oh no') })", /^uncaught: .*oh no/],
  ["void Promise.reject(new Error('not kept'))", /^uncaught: .*not kept/],
  ["void fetch('http://127.0.0.2:9/').catch(() => {})", /CSP violation: connect-src http:\/\/127\.0\.0\.2:9/],
  ["new WebSocket('ws://127.0.0.2:9/')", /CSP violation: connect-src ws:\/\/127\.0\.0\.2:9/],
  ["void fetch('/no/such/thing')", /^status 404: .*\/no\/such\/thing/],
  ["document.body.setAttribute('style', 'color: red')", /CSP violation: style-src-attr/],
  ["document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.2:9/' }))", /CSP violation: img-src/],
  [
    "setTimeout(() => Object.assign(document.createElement('script'), { src: 'data:,1' }))",
    /CSP violation: require-trusted-types-for/,
  ],
] as const

test('every test sees what its pages must not do', async ({ server, people, watch }) => {
  const ada = await people.arrive(server.url)
  expect(watch.faults).toEqual([])
  for (const [script, sign] of FAULTS)
    await test.step(script, async () => {
      await ada.page.evaluate(script)
      await expect.poll(() => watch.faults).toContainEqual(expect.stringMatching(sign))
    })
  watch.expect(/./)
})

test('every test sees requests to other hosts that the policy lets through', async ({ server, people, watch }) => {
  const ada = await people.arrive(server.url)
  // A navigation is no matter of connect-src.
  await ada.page.goto('http://127.0.0.2:9/').catch(() => {})
  expect(watch.faults).toContainEqual('another host: http://127.0.0.2:9/')
  watch.expect(/127\.0\.0\.2/)
})
