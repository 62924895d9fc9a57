import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'
import { SERVER_AWAY } from './support/watch.ts'

test('two terminals talk, in words and in names', async ({ server, startTerminal }) => {
  const url = roomUrl(server.url)
  const ada = startTerminal(url, { name: 'Ada' })
  const ben = startTerminal(url, { name: 'Ben' })
  await Promise.all([ada.sees('· Ben joined'), ben.sees('· Ada joined')])
  ada.say('Hello?')
  await ben.sees('Ada: Hello?')
  ben.say('')
  ben.say('x'.repeat(16_001))
  ben.say('I can read you.')
  await ada.sees('Ben: I can read you.')
  expect(ben.stderr).toMatch(/longer than 16,000 characters/)
  expect(await ben.end(), 'one line was too long').toBe(1)
  await ada.sees('· Ben left')
  expect(ada.lines).toEqual(['· Ben joined', 'Ben: I can read you.', '· Ben left'])
  expect(ada.stderr).toContain('You are Ada.')
})

test('a page and a terminal talk: names, comings and goings, typing', async ({ server, people, startTerminal }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const bot = startTerminal(ada.url, { name: 'Bot', args: ['--json'] })
  const ben = startTerminal(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Bot', 'Ben')
  await ben.sees('· Ada joined')
  await ada.say('Hello from a page\nin two lines')
  await ben.sees('Ada: Hello from a page')
  await ben.sees('    in two lines')
  ben.say('Hello from a terminal')
  await ada.sees('Hello from a terminal')
  await expect(ada.message('Hello from a terminal')).toHaveAccessibleName(/^Ben\b/)
  await bot.tells({ type: 'message', name: 'Ben', text: 'Hello from a terminal', mine: false, state: 'received' })

  await ada.textbox.pressSequentially('hm')
  await bot.tells({ type: 'typing', name: 'Ada', typing: true })
  await ada.textbox.fill('')
  await bot.tells({ type: 'typing', name: 'Ada', typing: false })
  bot.command({ type: 'typing', typing: true })
  await expect(ada.page.getByText('Bot is typing…')).toBeVisible()
  bot.command({ type: 'name', name: 'Robot' })
  bot.command({ type: 'send', text: 'I have a new name' })
  await ada.isWith('Ada', 'Robot', 'Ben')
  await ben.sees('· Bot is now called Robot')
  await ada.rename('Ada Lovelace')
  await ben.sees('· Ada is now called Ada Lovelace')

  bot.command({ type: 'leave' })
  expect(await bot.ended).toBe(0)
  await ada.isWith('Ada Lovelace', 'Ben')
  await ben.sees('· Robot left')
  await ada.closeTab()
  await ben.sees('· Ada Lovelace left')
})

test('who comes to a terminal late reads the whole conversation, the words of each in their order', async ({
  server,
  people,
  startTerminal,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = startTerminal(ada.url, { name: 'Ben' })
  const texts = Array.from({ length: 20 }, (_, n) => `message ${n + 1}.`)
  for (const [n, text] of texts.entries()) {
    if (n % 2 === 0) await ada.say(text)
    else ben.say(text)
    await ada.sees(text)
  }
  await ben.sees('Ada: message 19.')
  const cleo = startTerminal(ada.url, { name: 'Cleo' })
  await cleo.sees('Ben: message 20.')
  // What was said a moment ago may come a moment later than the rest.
  const said = () => cleo.lines.filter((line) => line.includes('message'))
  await expect
    .poll(() => said().toSorted())
    .toEqual(texts.map((text, n) => `${n % 2 ? 'Ben' : 'Ada'}: ${text}`).toSorted())
  for (const name of ['Ada', 'Ben'])
    expect(said().filter((line) => line.startsWith(name))).toEqual(
      texts.filter((_, n) => (n % 2 ? 'Ben' : 'Ada') === name).map((text) => `${name}: ${text}`),
    )
})

test('what is piped in is delivered, then it leaves', async ({ server, people, startTerminal }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const pipe = startTerminal(ada.url, { name: 'Pipe' })
  pipe.say('first')
  pipe.say('second')
  expect(await pipe.end()).toBe(0)
  await ada.reads(['first', 'second'])
  await ada.isWith('Ada')
})

test('what is piped in waits until somebody comes', async ({ server, people, startTerminal }) => {
  const url = roomUrl(server.url)
  const pipe = startTerminal(url, { name: 'Pipe' })
  pipe.say('is anybody there?')
  const ended = pipe.end()
  await expect.poll(() => pipe.stderr).toContain('Waiting until somebody has your 1 message.')
  const ada = await people.arrive(url)
  await ada.sees('is anybody there?')
  expect(await ended).toBe(0)
})

test('nobody there is said, and ends with 1; nothing to say ends with 0', async ({ server, startTerminal }) => {
  const alone = startTerminal(roomUrl(server.url), { args: ['--wait', '1'] })
  alone.say('hello?')
  expect(await alone.end()).toBe(1)
  expect(alone.stderr).toContain('Nobody was here within 1 second: 1 message not sent.')
  expect(alone.stdout).toBe('')
  const script = startTerminal(roomUrl(server.url), { args: ['--wait', '1', '--json'] })
  script.command({ type: 'send', text: 'hello?' })
  expect(await script.end()).toBe(1)
  expect(script.events.at(-1)).toMatchObject({ type: 'error', code: 'unsent' })
  expect(await startTerminal(roomUrl(server.url)).end()).toBe(0)
})

test('a dead server changes nothing between a page and terminals', async ({
  startServer,
  people,
  startTerminal,
  watch,
}) => {
  const server = await startServer()
  watch.expect(...SERVER_AWAY)
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = startTerminal(ada.url, { name: 'Ben' })
  const cleo = startTerminal(ada.url, { name: 'Cleo' })
  await Promise.all([ada.isWith('Ada', 'Ben', 'Cleo'), ben.sees('· Cleo joined'), ben.sees('· Ada joined')])
  await server.kill()
  // With some of them it may still be getting connected.
  await expect.poll(() => ben.stderr).toMatch(/Server away. You're still connected to [12] pe/)
  ben.say('do you hear me?')
  await Promise.all([ada.sees('do you hear me?'), cleo.sees('Ben: do you hear me?')])
  await ada.say('loud and clear')
  await Promise.all([ben.sees('Ada: loud and clear'), cleo.sees('Ada: loud and clear')])
  expect(ben.stdout).not.toContain('left')
  expect(await cleo.end()).toBe(0)
  await ada.isWith('Ada', 'Ben')
  await ben.sees('· Cleo left')
})

test('what others write does not drive the terminal', async ({ server, people, startTerminal }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = startTerminal(ada.url, { name: 'Ben' })
  const script = startTerminal(ada.url, { name: 'Script', args: ['--json'] })
  await ada.isWith('Ada', 'Ben', 'Script')
  const text = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnp.exe'
  await ada.say(text)
  await ben.sees('Ada: ␛[2J␛]0;owned␇\ufffd31mgnp.exe')
  await script.tells({ type: 'message', text })
  for (const { stdout, stderr } of [ben, script]) expect(stdout + stderr).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u)
})

test('--json takes and gives one object a line, and a bad line is no end', async ({ server, startTerminal }) => {
  const url = roomUrl(server.url)
  const ada = startTerminal(url, { name: 'Ada', args: ['--json'] })
  const ben = startTerminal(url, { name: 'Ben', args: ['--json', '--stay'] })
  await ada.tells({ type: 'me', name: 'Ada' })
  await ada.tells({ type: 'joined', name: 'Ben' })
  for (const line of ['hello', '{"type":"send"}', '{"type":"send","text":" "}']) ada.say(line)
  ada.command({ type: 'send', text: 'x'.repeat(16_001) })
  ada.command({ type: 'send', text: 'still here' })
  await ben.tells({ type: 'message', name: 'Ada', text: 'still here', mine: false, state: 'received' })
  await ada.tells({ type: 'message', text: 'still here', mine: true, state: 'delivered' })
  await ada.tells({ type: 'connection', server: 'connected', people: 1, problem: null })
  expect(ada.events.filter(({ type }) => type === 'error').map(({ code }) => code)).toEqual([
    'bad-command',
    'bad-command',
    'empty',
    'too-long',
  ])
  expect(await ada.end(), 'some lines could not be sent').toBe(1)
  await ben.tells({ type: 'left', name: 'Ada' })
  // Told to stay, it does after the end of its input.
  void ben.end()
  const cleo = startTerminal(url, { name: 'Cleo' })
  await ben.tells({ type: 'joined', name: 'Cleo' })
  cleo.say('bye')
  expect(await cleo.end()).toBe(0)
  await ben.tells({ type: 'message', text: 'bye' })
  expect(await ben.kill('SIGTERM')).toBe(0)
  expect(ben.stderr).toBe('')
})

test('Ctrl+C leaves at once, and so does a reader that went away', async ({ server, startTerminal }) => {
  const url = roomUrl(server.url)
  const ada = startTerminal(url, { name: 'Ada' })
  const ben = startTerminal(url, { name: 'Ben' })
  const cleo = startTerminal(url, { name: 'Cleo' })
  await Promise.all([ada.sees('· Ben joined'), ada.sees('· Cleo joined'), cleo.sees('· Ada joined')])
  expect(await ben.kill('SIGINT')).toBe(130)
  await ada.sees('· Ben left')
  const gone = cleo.stopReading()
  ada.say('are you reading this?')
  expect(await gone).toBe(0)
  expect(cleo.stderr).not.toMatch(/EPIPE|Error/)
  await ada.sees('· Cleo left')
})

test('what can not be used is one line, and ends with 2', async ({ server, startTerminal }) => {
  for (const [url, args, sentence] of [
    ['otters', [], /is no URL of a room/],
    [`${server.url}/r#otters/tooshort`, [], /key at its end is not whole/],
    [roomUrl(server.url), ['--name', 'x'.repeat(41)], /40 characters at most/],
    [roomUrl(server.url), ['--bogus'], /--bogus.*--help/],
  ] as const) {
    const terminal = startTerminal(url, { args })
    expect(await terminal.ended).toBe(2)
    expect(terminal.stdout).toBe('')
    expect(terminal.stderr).toMatch(sentence)
    expect(terminal.stderr.trimEnd()).not.toContain('\n')
  }
})
