/**
 * The Chromium that the tests drive: found, or brought by the system's package manager or by Playwright, and tried.
 */
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { inPath, installWithApt, inWindowsFolders, isExecutable, run } from './executables.ts'

/** Names the executable to use. The runner sets it, so that a browser is looked for once. */
const VARIABLE = 'EARSHOT_CHROMIUM'

const NONE_YET = 'No Chromium here yet'

/** The shell first: the same engine without the windows around it, which take as much of a processor as the page. */
const COMMANDS = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge',
]

const USUAL_PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...inWindowsFolders('Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'),
]

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Executables that are there, best first: the environment's, else Playwright's own, else the system's. */
function candidates(): string[] {
  const chosen = process.env[VARIABLE]
  if (chosen) return [chosen]
  return [chromium.executablePath(), ...COMMANDS.flatMap(inPath), ...USUAL_PLACES].filter(isExecutable)
}

/** How to start the browser: the one that was chosen by `prepareBrowser`, or the first that is there. */
export function launchOptions() {
  const executablePath = candidates()[0]
  return { args: ARGUMENTS, ...(executablePath === undefined ? {} : { executablePath }) }
}

/** Starts the browser at this path, or says why it doesn't start. */
async function start(executablePath: string): Promise<Browser | string> {
  try {
    return await chromium.launch({ executablePath, args: ARGUMENTS, timeout: 30_000 })
  } catch (error) {
    const [reason = ''] = String(error).split('\n')
    return reason
  }
}

/** The first browser that is there and starts. */
async function startAny(): Promise<{ browser: Browser; path: string } | null> {
  for (const path of candidates()) {
    const browser = await start(path)
    if (typeof browser !== 'string') return { browser, path }
    if (process.env[VARIABLE]) throw new Error(`${VARIABLE}=${path} does not start: ${browser}`)
  }
  return null
}

function installWithPlaywright(): boolean {
  const cli = join('node_modules', '@playwright', 'test', 'cli.js')
  return run(NONE_YET, process.execPath, cli, 'install', 'chromium')
}

/** Whether a page finds any address of this machine that another page could reach. */
async function findsCandidates(browser: Browser): Promise<boolean> {
  const page = await browser.newPage()
  return page.evaluate(async () => {
    const connection = new RTCPeerConnection()
    connection.createDataChannel('')
    const found = new Promise<boolean>((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        if (candidate?.candidate) resolve(true)
      }
      setTimeout(() => resolve(false), 5_000)
    })
    await connection.setLocalDescription()
    const result = await found
    connection.close()
    return result
  })
}

/**
 * Finds a Chromium that starts, installs one where there is none, and checks that it can do WebRTC on this machine.
 * @returns its path, which it also leaves in the environment for the tests
 * @throws Error with one line that says what to do
 */
export async function prepareBrowser(): Promise<string> {
  let found = await startAny()
  for (const name of ['chromium-headless-shell', 'chromium'])
    if (!found && installWithApt(NONE_YET, name)) found = await startAny()
  if (!found && installWithPlaywright()) found = await startAny()
  if (!found)
    throw new Error(`No Chromium that starts: install the package chromium or Chrome, or set ${VARIABLE} to its path.`)
  try {
    if (!(await findsCandidates(found.browser)))
      throw new Error(
        'Chromium finds no network address here, so two pages cannot connect: this machine needs an interface other than loopback, with a default route.',
      )
  } finally {
    await found.browser.close()
  }
  process.env[VARIABLE] = found.path
  return found.path
}
