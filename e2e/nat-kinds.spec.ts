import type { Page } from '@playwright/test'
import { test } from './lab/internet-test.ts'
import { expect } from './support/test.ts'

/** What "Check my network" says in the end of the router, and what it comes to. */
async function expectFound(page: Page, router: RegExp, verdict: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Your network' })
  await expect(dialog.getByRole('status')).toContainText(verdict, { timeout: 30_000 })
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Your router' })).toContainText(router)
}

test('"Check my network" tells strict, open and blocked networks apart, and what they mean', async ({
  become,
  internet,
  people,
}) => {
  become('symmetric', 'independent')
  const origin = await internet.origin({}, 4)
  const pages = await Promise.all(
    internet.households.map(async ({ browsers }) => (await people.arrive(origin, { browsers })).page),
  )
  const [ada, ben] = pages
  if (!ada || !ben) throw new Error('There are two households.')
  for (const page of pages) await page.getByRole('button', { name: 'Check my network' }).click()
  await expectFound(ada, /strict/, /only to people whose network is open.*this server has none/)
  await expectFound(ben, /open/, /most people directly.*this server has none/)

  become('blocked', 'independent')
  await ada.getByRole('button', { name: 'Check again' }).click()
  await expectFound(ada, /nothing comes back by UDP/, /people on the same network/)
})
