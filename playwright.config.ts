import { defineConfig } from '@playwright/test'

/** Each test starts two to eight browsers of its own and mostly waits for them: three at a time. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // What takes long is for `npm run lab`.
  ...(process.env.EARSHOT_LAB ? {} : { grepInvert: /@long/ }),
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 3,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A trace of every test takes half again as long: `npm run e2e -- --trace on` makes them when they are wanted.
  use: { screenshot: 'only-on-failure' },
})
