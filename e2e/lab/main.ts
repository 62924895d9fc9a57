/** `npm run lab`: real browsers in networks made for them, in all the trouble there is, the long ones too. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { prepareBrowser } from '../support/browser.ts'
import { installTools, whyNoNetworks } from './readiness.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

installTools(say)
const reason = whyNoNetworks()
if (reason === null) {
  say(`Browser: ${await prepareBrowser()}`)
  const args = [
    join('node_modules', '@playwright', 'test', 'cli.js'),
    'test',
    'networks',
    'sleep',
    ...process.argv.slice(2),
  ]
  const env = { ...process.env, EARSHOT_LAB: '1' }
  spawn(process.execPath, args, { stdio: 'inherit', env }).once('exit', (code) => {
    process.exitCode = code ?? 1
  })
} else say(`There is no lab here: ${reason}.`)
