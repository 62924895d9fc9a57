import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readArguments } from './arguments.ts'

const URL = 'http://localhost:8080/r#otters/2vBu5wWxbSyg_WTMvYUgUA'
const none = { name: undefined, password: undefined, json: false, stay: false, relay: false, wait: 60_000 }

test('a URL is all it takes', () => {
  assert.deepEqual(readArguments([URL]), { do: 'talk', options: { ...none, url: URL } })
})

test('options stand before or after the URL', () => {
  const options = { url: URL, name: 'Build bot', password: 'secret', json: true, stay: true, relay: true, wait: 1_500 }
  assert.deepEqual(
    readArguments(['--name', 'Build bot', '--json', URL, '--password=secret', '--stay', '--relay', '--wait', '1.5']),
    { do: 'talk', options },
  )
})

test('the password may come from the environment, and the option goes before it', () => {
  const passwordOf = (args: readonly string[], env: NodeJS.ProcessEnv) => {
    const command = readArguments(args, env)
    return command.do === 'talk' ? command.options.password : command
  }
  assert.equal(passwordOf([URL], { EARSHOT_PASSWORD: 'from there' }), 'from there')
  assert.equal(passwordOf([URL, '-p', 'from here'], { EARSHOT_PASSWORD: 'from there' }), 'from here')
  assert.equal(passwordOf([URL], { EARSHOT_PASSWORD: '' }), undefined)
})

test('help and version need no URL', () => {
  assert.deepEqual(readArguments(['--help']), { do: 'help' })
  assert.deepEqual(readArguments(['-v']), { do: 'version' })
})

test('what can not be used is said in one sentence', () => {
  for (const args of [
    [],
    [URL, URL],
    ['--bogus', URL],
    ['--name'],
    ['--json=yes', URL],
    ['--wait', 'long', URL],
    ['--wait=-1', URL],
    ['--wait', '', URL],
    ['--wait', '1e9', URL],
    ['--wait', '99999999', URL],
  ]) {
    const command = readArguments(args)
    assert.equal(command.do, 'complain', args.join(' '))
    if (command.do === 'complain') assert.match(command.message, /^[^\n]+\. See earshot-peer --help\.$/)
  }
})
