/** Stretching passwords in plain JavaScript takes seconds: a worker does it, so that the page stays awake. */
import type { Bytes } from './bytes.ts'
import { type Stretch, stretchHere } from './noble.ts'

/** The worker's path on the server, put in by the build. */
declare const STRETCH_WORKER: string

/** Trusted Types (W3C), where there are any: a page under them starts workers from trusted addresses only. */
declare const trustedTypes:
  | {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string }
    }
  | undefined

let policy: { createScriptURL(url: string): string } | null = null

/** The worker; null where none can be started: in Node, and in pages of other origins. */
function startWorker(): Worker | null {
  if (typeof STRETCH_WORKER === 'undefined' || typeof Worker === 'undefined') return null
  try {
    const url = new URL(STRETCH_WORKER, import.meta.url).href
    if (typeof trustedTypes !== 'undefined')
      policy ??= trustedTypes.createPolicy('earshot', { createScriptURL: (trusted) => trusted })
    return new Worker(policy?.createScriptURL(url) ?? url, { type: 'module' })
  } catch {
    return null
  }
}

/** PBKDF2 in a worker, or on this thread with pauses where there is none. */
export const stretchElsewhere: Stretch = (password, salt, rounds) => {
  const worker = startWorker()
  if (!worker) return stretchHere(password, salt, rounds)
  return new Promise<Bytes>((resolve) => {
    const end = (result: Bytes | Promise<Bytes>) => {
      worker.terminate()
      resolve(result)
    }
    worker.onmessage = ({ data }: MessageEvent<unknown>) =>
      end(data instanceof Uint8Array ? new Uint8Array(data) : stretchHere(password, salt, rounds))
    worker.onerror = () => end(stretchHere(password, salt, rounds))
    worker.postMessage([password, salt, rounds])
  })
}
