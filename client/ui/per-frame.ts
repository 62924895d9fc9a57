/** Hidden pages draw no frames, so work that waits for one would wait for ever. */
const HIDDEN_DELAY = 250

/**
 * Runs `work` once for any number of requests until the next frame, or a little later when no frame comes. When `work`
 * gives milliseconds, the page is left to others for so long, and then it runs again.
 */
export function perFrame(work: () => number): { request(): void; cancel(): void } {
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause: ReturnType<typeof setTimeout> | undefined
  const cancelFrame = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    timer = undefined
  }
  const request = () => {
    if (timer !== undefined || pause !== undefined) return
    frame = requestAnimationFrame(run)
    timer = setTimeout(run, HIDDEN_DELAY)
  }
  const run = () => {
    cancelFrame()
    const rest = work()
    if (rest === 0) return
    pause = setTimeout(() => {
      pause = undefined
      request()
    }, rest)
  }
  return {
    request,
    cancel() {
      cancelFrame()
      clearTimeout(pause)
    },
  }
}
