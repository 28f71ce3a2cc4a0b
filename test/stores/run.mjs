import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBuild } from '../../examples/live-shop/server/ensure-build.mjs'
import { dropOldEngines } from './engines/install-engine.mjs'
import { prepareMedusa } from './engines/medusa.mjs'
import { prepareVendure } from './engines/vendure.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const HELP = `npm run test:stores                          real Vendure and Medusa shops, and every fake
npm run test:stores -- --only vendure        one of them: vendure, medusa, fakes
npm run test:stores -- --whole               the fakes in full, not only what is a platform's own
npm run test:stores -- --url <a page of your store> [--platform <name>]
                                             the same suite in your own store; the cart is left as it was found

  --platform <name>     woocommerce, shopify, magento …; absent: recognised from the page
  --setting name=value  a setting of the bridge, such as url or publishableKey; repeat it; {…} is read as JSON
  --cart <file>         a module whose default export is the option "cart": settings with functions, or a bridge of your own
  --product <address>   a product's page, or its handle, SKU or id; repeat it; absent: found in the store
  --sold-out <product>  one that is sold out
  --few <product>=<n>   one of which n pieces are left
  --badge <selector>    the theme's own cart count, to see that it follows
  --login user:password for a store behind HTTP authentication
  --storage <file>      a saved state of Playwright, for a store behind a login of its own
  --headed              with a window, to look on`

/** Who tests a store of their own reads every line. */
const READABLE = ['--reporter=verbose', '--reporter=./test/support/plain-reporter.mjs']

const { values } = parseArgs({
  options: {
    ...{ help: { type: 'boolean' }, whole: { type: 'boolean' }, headed: { type: 'boolean' }, only: { type: 'string' } },
    ...{ url: { type: 'string' }, platform: { type: 'string' }, badge: { type: 'string' } },
    ...{ cart: { type: 'string' }, login: { type: 'string' }, storage: { type: 'string' }, few: { type: 'string' } },
    ...{ setting: { type: 'string', multiple: true }, product: { type: 'string', multiple: true } },
    'sold-out': { type: 'string' },
  },
})

const FILES = {
  vendure: ['vendure-bridge', 'vendure'],
  medusa: ['medusa-bridge', 'medusa'],
  fakes: ['fakes', 'roles', 'any-store-words', 'command'],
}
const PREPARE = { vendure: prepareVendure, medusa: prepareMedusa }

if (values.help) console.log(HELP)
else process.exitCode = values.url ? await runIn(values) : await runEngines(values.only)

/** The suite in a store that the reader has. */
function runIn(given) {
  if (!URL.canParse(given.url) || !/^https?:/.test(given.url))
    return say(`--url: "${given.url}" is no address; give it whole, such as https://shop.example/`)
  const files = { cart: given.cart, storage: given.storage }
  const texts = {}
  for (const [name, path] of Object.entries(files)) {
    try {
      if (path) texts[name] = readFileSync(path, 'utf8')
    } catch {
      return say(`--${name}: there is no file ${path}`)
    }
  }
  return vitest(['any-store'], {
    CASTCART_STORE: JSON.stringify({ ...given, ...(texts.cart && { cart: texts.cart }) }),
    ...(given.headed && { CASTCART_HEADED: '1' }),
  })
}

/** The suite in real shops that are installed here, and in the fakes of all others. */
async function runEngines(only) {
  const names = only ? [only] : Object.keys(FILES)
  if (!names.every((name) => FILES[name])) return say(`--only: one of ${Object.keys(FILES).join(', ')}`)
  const engines = names.filter((name) => PREPARE[name])
  const began = Date.now()
  const log = (line) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`)
  const environment = values.whole ? { CASTCART_WHOLE: '1' } : {}
  const drive = (wanted, onCount) =>
    vitest(
      wanted.flatMap((name) => FILES[name]),
      environment,
      onCount,
    )
  // Both at a time: one waits for the network while the other compiles.
  const prepare = () => Promise.all(engines.map((name) => PREPARE[name](log)))
  if (only) {
    await prepare()
    return drive(names)
  }
  if (!process.env.CASTCART_DIST) ensureBuild()
  const counts = []
  // The fakes need no shop: they are driven while shops are installed, filled, started and driven.
  const codes = await Promise.all([
    drive(['fakes'], (line) => counts.push(line)),
    prepare().then(
      async () => {
        await dropOldEngines(engines)
        return drive(engines, (line) => counts.push(line))
      },
      (cause) => {
        console.error(cause)
        counts.push('0 passed, 1 failed')
        return 1
      },
    ),
  ])
  console.log(`\nstores: ${sum(counts)}`)
  return codes.find(Boolean) ?? 0
}

/** `3 passed, 0 failed` and `2 passed, 1 failed, 4 skipped` as one such line. */
function sum(counts) {
  return ['passed', 'failed', 'skipped']
    .map((what) => [counts.reduce((all, line) => all + Number(line.match(`(\\d+) ${what}`)?.[1] ?? 0), 0), what])
    .filter(([count, what]) => count || what !== 'skipped')
    .map((pair) => pair.join(' '))
    .join(', ')
}

/** @param onCount is given the suite's count, which is then not printed; what else is said comes line by line */
async function vitest(files, environment = {}, onCount = undefined) {
  if (!process.env.CASTCART_DIST) ensureBuild()
  const paths = files.map((name) => `test/stores/${name}.test.ts`)
  const isStrange = 'CASTCART_STORE' in environment
  const folder = await mkdtemp(join(tmpdir(), 'castcart-run-'))
  const stop = join(folder, 'stop')
  const child = spawn('npx', ['vitest', 'run', '--project', 'stores', ...(isStrange ? READABLE : []), ...paths], {
    cwd: ROOT,
    stdio: ['inherit', onCount ? 'pipe' : 'inherit', 'inherit'],
    env: { ...process.env, CASTCART_STOP: stop, ...environment },
    // In a reader's store Ctrl-C comes to this process alone, so that the test at hand ends as it would and takes out what it put in.
    detached: isStrange,
  })
  if (onCount)
    createInterface(child.stdout).on('line', (line) => {
      const [, count] = /^stores: (.*)/.exec(line) ?? []
      if (count) onCount(count)
      else console.log(line)
    })
  let times = 0
  const end = () => {
    if (times++) return process.kill(-child.pid, 'SIGKILL')
    console.error('\nstopping: the test at hand ends and puts the cart back as it was; once more to end at once')
    writeFileSync(stop, '')
  }
  for (const signal of isStrange ? ['SIGINT', 'SIGTERM', 'SIGHUP'] : []) process.on(signal, end)
  const code = await new Promise((resolve) => child.on('close', resolve))
  await rm(folder, { recursive: true, force: true })
  return times ? 130 : (code ?? 1)
}

function say(line) {
  console.error(`${line}\n\n${HELP}`)
  return 2
}
