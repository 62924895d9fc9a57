import { build } from 'esbuild'
import { expect, test } from './support/test.ts'

test('in the browser, too, each implementation of the cryptography judges as all others do', async ({
  server,
  people,
}) => {
  const { page } = await people.arrive(server.url)
  const { outputFiles } = await build({
    entryPoints: ['e2e/support/crypto-checks.ts'],
    bundle: true,
    format: 'iife',
    globalName: 'checks',
    target: 'es2022',
    write: false,
  })
  const [script] = outputFiles
  if (!script) throw new Error('Nothing was built.')
  // 2 suites: 5 signatures made and verified and 10 edge cases each; 20 comparisons.
  expect(await page.evaluate(`${script.text}; checks.checkSuites()`)).toEqual({ held: 60, broken: [] })
})
