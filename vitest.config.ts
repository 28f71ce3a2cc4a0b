import { defineConfig, type UserWorkspaceConfig } from 'vitest/config'
import { cssText } from './scripts/css-text.mjs'

const shared = {
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } },
  plugins: [cssText()],
} satisfies UserWorkspaceConfig

/** Suites that build, serve or drive something outside this process: so many files at a time, with patience. */
const outside = (name: string, groupOrder: number, maxWorkers = 1) => ({
  ...shared,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    maxWorkers,
    sequence: { groupOrder },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A shared machine stalls for a second now and then. What needed another try is named by the reporter.
    retry: process.env.CI ? 2 : 0,
  },
})

export default defineConfig({
  test: {
    reporters: [...(process.env.CI ? ['dot' as const] : ['default' as const]), './test/support/plain-reporter.mjs'],
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          testTimeout: 20_000,
          maxWorkers: '100%',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/{rules,package,examples,browser,browsers,bench,stores,engines}/**'],
        },
      },
      outside('rules', 1),
      outside('package', 2),
      outside('examples', 3),
      // What is seen in a show takes its time: one file waits while the other is busy.
      outside('browser', 4, 2),
      // Installs shop software: `npm run test:stores` alone runs it.
      outside('stores', 5),
      // Starts real message servers: `npm run test:engines` alone runs it.
      outside('engines', 6),
      // Drives Firefox and WebKit: `npm run test:browsers` alone runs it.
      outside('browsers', 7),
    ],
  },
})
