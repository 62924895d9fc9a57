/** Hidden pages draw no frames, so work that waits for one would wait for ever. */
const HIDDEN_DELAY = 250

/** Runs `work` once for any number of requests until the next frame, or a little later when no frame comes. */
export function perFrame(work: () => void): { request(): void; cancel(): void } {
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const cancel = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    timer = undefined
  }
  const run = () => {
    cancel()
    work()
  }
  return {
    request() {
      if (timer !== undefined) return
      frame = requestAnimationFrame(run)
      timer = setTimeout(run, HIDDEN_DELAY)
    },
    cancel,
  }
}
