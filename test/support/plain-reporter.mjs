/** One line per suite, the folder below `test/`: `adapters: 31 passed, 0 failed`. With `CI` set, a skipped test fails the run. What passed at another try is named. */
export default class PlainReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const suites = new Map()
    for (const module of modules) {
      const name = /test\/([^/]+)\//.exec(module.moduleId)?.[1] ?? 'other'
      const count = suites.get(name) ?? { passed: 0, failed: 0, skipped: 0 }
      suites.set(name, count)
      for (const test of module.children.allTests()) {
        count[countOf(test.result().state)]++
        if (test.diagnostic()?.flaky) console.log(`passed at another try: ${test.fullName}`)
      }
      // A file that does not load has no tests to count.
      if (module.errors().length) count.failed++
    }
    console.log('')
    for (const [name, { passed, failed, skipped }] of [...suites].sort()) {
      console.log(`${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
    }
    const skipped = [...suites.values()].reduce((sum, count) => sum + count.skipped, 0)
    if (unhandledErrors.length) console.log(`${unhandledErrors.length} errors outside of tests`)
    if (skipped && process.env.CI) {
      console.log(`${skipped} skipped: with CI set nothing may be`)
      process.exitCode = 1
    }
  }
}

const countOf = (state) => (state === 'passed' || state === 'failed' ? state : 'skipped')
