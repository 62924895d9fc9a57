import { seededRandom } from '../net/virtual-time.ts'

/**
 * Makes every random byte of this process, salts and keys and nonces, follow from `seed`, until the returned function is
 * called. For simulations only: they replay.
 */
export function seedRandomness(seed: number): () => void {
  const random = seededRandom(seed)
  const fill = <T extends ArrayBufferView | null>(array: T): T => {
    if (array) {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
      for (let i = 0; i < bytes.length; i++) bytes[i] = random() * 256
    }
    return array
  }
  Object.defineProperty(globalThis.crypto, 'getRandomValues', { configurable: true, value: fill })
  return () => {
    Reflect.deleteProperty(globalThis.crypto, 'getRandomValues')
  }
}
