import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Runs axe over the page as it is now, light and dark. Gives what it found, one line a fault. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const faults: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const { id, help, nodes } of violations)
      for (const { target, failureSummary } of nodes)
        faults.push(`${colorScheme}: ${id} at ${target.join(' ')}: ${help}. ${failureSummary ?? ''}`)
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  return faults
}
