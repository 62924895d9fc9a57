/** The worker of stretch.ts: one job, one answer. */
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'

addEventListener('message', ({ data }: MessageEvent<[Uint8Array, Uint8Array, number]>) => {
  const [password, salt, rounds] = data
  postMessage(pbkdf2(sha256, password, salt, { c: rounds, dkLen: 32 }))
})
