const KEY = 'earshot emoji'
const MOST = 16

/** The emoji that were picked last on this device, the latest first. */
export function recentEmoji(): string[] {
  try {
    return (localStorage.getItem(KEY) ?? '').split(' ').filter((emoji) => emoji !== '')
  } catch {
    return []
  }
}

export function rememberEmoji(emoji: string): void {
  try {
    const all = [emoji, ...recentEmoji().filter((other) => other !== emoji)]
    localStorage.setItem(KEY, all.slice(0, MOST).join(' '))
  } catch {
    // Nothing is kept on this device: none was picked lately, then.
  }
}
