import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Of axe's rules those that look at colours: nothing else is another in the dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** Runs axe over the page as it is now, light and dark unless told otherwise. Gives what it found, one line a fault. */
export async function accessibilityFaults(
  page: Page,
  schemes: readonly ('light' | 'dark')[] = ['light', 'dark'],
): Promise<string[]> {
  const faults: string[] = []
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    // Otherwise it opens another page each time, to put together what it found in frames: there are none.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    if (colorScheme === 'dark') axe.withRules(COLOUR_RULES)
    const { violations } = await axe.analyze()
    for (const { id, help, nodes } of violations)
      for (const { target, failureSummary } of nodes)
        faults.push(`${colorScheme}: ${id} at ${target.join(' ')}: ${help}. ${failureSummary ?? ''}`)
  }
  await page.emulateMedia({ colorScheme: null })
  return faults
}
