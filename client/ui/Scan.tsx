import { useEffect, useRef } from 'preact/hooks'
import { laterWords } from '../texts/page/later-text.ts'

/** How often a picture is looked at, in milliseconds. */
const LOOK = 250

/** Of the Shape Detection API, which only some platforms have. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
declare global {
  var BarcodeDetector: (new (options: { formats: string[] }) => Detector) | undefined
}

/** Whether QR codes can be read by this device's camera here. */
export const canScan = (): boolean =>
  typeof globalThis.BarcodeDetector === 'function' && navigator.mediaDevices?.getUserMedia !== undefined

interface Props {
  found: (text: string) => void
  failed: (message: string) => void
}

/** What the camera sees, until there is a QR code in it. The camera is off as soon as this is no longer drawn. */
export function Scan({ found, failed }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    let isOver = false
    let stream: MediaStream | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (detector: Detector, picture: HTMLVideoElement) => {
      const [code] = picture.readyState >= picture.HAVE_CURRENT_DATA ? await detector.detect(picture) : []
      if (isOver) return
      if (code) found(code.rawValue)
      else timer = setTimeout(() => look(detector, picture).catch(giveUp), LOOK)
    }
    const giveUp = () => {
      if (!isOver) failed(laterWords.noCamera)
    }
    const start = async () => {
      const { BarcodeDetector } = globalThis
      const picture = video.current
      if (!BarcodeDetector || !picture) return giveUp()
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      if (isOver) return stop()
      picture.srcObject = stream
      await picture.play()
      await look(new BarcodeDetector({ formats: ['qr_code'] }), picture)
    }
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    start().catch(giveUp)
    return () => {
      isOver = true
      clearTimeout(timer)
      stop()
    }
  }, [])
  return <video ref={video} class="scan" muted playsInline aria-label={laterWords.camera} />
}
