/**
 * The test commands: runs the named steps in order, each with its name and time, and stops at the first that fails.
 *
 *   node --import tsx e2e/run.ts STEP… [-- ARGUMENTS FOR THE LAST STEP]
 *
 * A step is `browsers` or a script of package.json.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { installTools } from './lab/readiness.ts'
import { prepareBrowser } from './support/browser.ts'
import { prepareFirefox } from './support/firefox.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Runs a program of Node with the given arguments. Whether it ended with 0. */
function node(...args: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' })
    child.once('exit', (code) => resolve(code === 0))
  })
}

/** Runs a script of package.json through the npm that runs this. */
function script(name: string, args: string[]): Promise<boolean> {
  const npm = process.env.npm_execpath
  if (!npm) throw new Error('Start this with npm: npm test, npm run e2e.')
  return node(npm, 'run', '--silent', name, '--', ...args)
}

/** Runs the tests that need browsers. */
async function browsers(args: string[]): Promise<boolean> {
  say(`Browser: ${await prepareBrowser()}`)
  installTools(say)
  const firefox = await prepareFirefox()
  say(firefox === null ? 'No Firefox here: the tests with it are skipped.' : `Firefox: ${firefox}`)
  return node(join('node_modules', '@playwright', 'test', 'cli.js'), 'test', ...args)
}

async function runStep(name: string, args: string[]): Promise<boolean> {
  const start = performance.now()
  say(`\n--- ${name}`)
  let passed = false
  try {
    passed = await (name === 'browsers' ? browsers(args) : script(name, args))
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
  }
  say(`--- ${name} ${passed ? 'passed' : 'FAILED'} after ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return passed
}

const words = process.argv.slice(2)
const end = words.includes('--') ? words.indexOf('--') : words.length
const steps = words.slice(0, end)
const args = words.slice(end + 1)
for (const [index, step] of steps.entries())
  if (!(await runStep(step, index === steps.length - 1 ? args : []))) {
    process.exitCode = 1
    break
  }
