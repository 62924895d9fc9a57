import { pageScript } from './support/page-script.ts'
import { expect, test } from './support/test.ts'

test('in the browser, too, each implementation of the cryptography judges as all others do', async ({
  server,
  people,
}) => {
  const { page } = await people.arrive(server.url)
  const script = await pageScript('e2e/support/crypto-checks.ts', 'checks')
  // 2 suites: 5 signatures made and verified and 10 edge cases each; 20 comparisons.
  expect(await page.evaluate(`${script}; checks.checkSuites()`)).toEqual({ held: 60, broken: [] })
})
