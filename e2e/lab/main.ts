/**
 * `npm run lab`: real browsers in networks made for them, in all the trouble there is, the long ones too; Firefox with
 * Firefox; and every pair of networks, which it prints as a table in Markdown. Arguments go to Playwright.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { prepareBrowser } from '../support/browser.ts'
import { prepareFirefox } from '../support/firefox.ts'
import { installTools, whyNoInternet } from './readiness.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

installTools(say)
const reason = whyNoInternet()
if (reason === null) {
  say(`Browser: ${await prepareBrowser()}`)
  await prepareFirefox()
  const cli = join('node_modules', '@playwright', 'test', 'cli.js')
  const reporters = `--reporter=list,${join('e2e', 'lab', 'table.ts')}`
  const args = [cli, 'test', 'networks', 'turn', 'sleep', 'firefox', reporters, ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, EARSHOT_LAB: '1' } })
  // Ctrl+C in a terminal tells both; whoever tells this one alone means both. Told twice, Playwright would not clean up.
  let isTold = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!isTold && !(signal === 'SIGINT' && process.stdin.isTTY)) child.kill('SIGINT')
      isTold = true
    })
  child.once('exit', (code) => {
    process.exitCode = code ?? 1
  })
} else say(`There is no lab here: ${reason}.`)
