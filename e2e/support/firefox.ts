/**
 * The Firefox that the tests drive beside Chromium: found, or brought by the system's package manager, and tried. Where
 * there is none, its tests are skipped.
 */
import puppeteer, { type Browser } from 'puppeteer-core'
import { inPath, installWithApt, inWindowsFolders, isExecutable } from './executables.ts'

/** Names the executable to use, or is `none`. The runner sets it, so that a browser is looked for once. */
const VARIABLE = 'EARSHOT_FIREFOX'

const NONE = 'none'

const COMMANDS = ['firefox-esr', 'firefox']

const USUAL_PLACES = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  ...inWindowsFolders('Mozilla Firefox\\firefox.exe'),
]

/** Executables that are there, best first: the environment's, else the system's. */
function candidates(): string[] {
  const chosen = process.env[VARIABLE]
  if (chosen === NONE) return []
  if (chosen) return [chosen]
  return [...COMMANDS.flatMap(inPath), ...USUAL_PLACES].filter(isExecutable)
}

/** The Firefox that was chosen by `prepareFirefox`, or the first that is there; null where there is none. */
export function firefoxPath(): string | null {
  return candidates()[0] ?? null
}

/**
 * Starts a Firefox, in a profile of its own that goes with it unless told otherwise.
 * @param profile the folder of a profile that outlives it
 * @throws Error when there is none, or it doesn't start
 */
export async function launchFirefox(executablePath = firefoxPath(), profile?: string): Promise<Browser> {
  if (executablePath === null) throw new Error(`There is no Firefox here: install it, or set ${VARIABLE} to its path.`)
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    defaultViewport: { width: 1280, height: 720 },
    ...(profile === undefined ? {} : { userDataDir: profile }),
  })
}

/** Whether the Firefox at this path starts, else why it doesn't. */
async function attempt(path: string): Promise<true | string> {
  try {
    const browser = await launchFirefox(path)
    await browser.close()
    return true
  } catch (error) {
    const [reason = ''] = String(error).split('\n')
    return reason
  }
}

/** The first Firefox that is there and starts. */
async function firstThatStarts(): Promise<string | null> {
  for (const path of candidates()) {
    const result = await attempt(path)
    if (result === true) return path
    if (process.env[VARIABLE]) throw new Error(`${VARIABLE}=${path} does not start: ${result}`)
  }
  return null
}

/**
 * Finds a Firefox that starts, and installs one where there is none and the system's package manager may be used.
 * @returns its path, or null where there is none; leaves in the environment for the tests which it is
 * @throws Error with one line, when the one that was named doesn't start
 */
export async function prepareFirefox(): Promise<string | null> {
  if (process.env[VARIABLE] === NONE) return null
  let found = await firstThatStarts()
  if (!found && installWithApt('No Firefox here yet', 'firefox-esr')) found = await firstThatStarts()
  process.env[VARIABLE] = found ?? NONE
  return found
}
