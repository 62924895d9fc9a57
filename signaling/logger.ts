/** What the log may hold. A chat's server has little to say: no topic, no address, no payload, no path. */
import { LogController } from 'fastify'
import type { LogLevel } from './config.ts'

/** What is logged of an error: its kind and its place in the code, but not its message, which may quote what a client sent. */
export function describeError(error: unknown): { type: string; message: ''; stack: string; code?: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const places = (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line))
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return { type: error.name, message: '', stack: places.map((line) => line.trim()).join(', '), ...code }
}

/** Silences what Fastify would log of requests: it holds their URL and address. */
class NoRequests extends LogController {
  override isLogDisabled(): boolean {
    return true
  }

  override serviceUnavailable(): void {}
}

/** Settings of Fastify's logging. */
export function logOptions(level: LogLevel, stream: NodeJS.WritableStream) {
  const serializers = { err: describeError, req: () => ({}), res: () => ({}) }
  return { logger: { level, stream, base: null, serializers }, logController: new NoRequests() }
}
