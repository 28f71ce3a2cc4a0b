import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
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
  --setting name=value  a setting of the bridge, such as url or publishableKey; repeat it
  --product <address>   a product's page, or its handle, SKU or id; repeat it; absent: found in the store
  --sold-out <product>  one that is sold out
  --few <product>=<n>   one of which n pieces are left
  --badge <selector>    the theme's own cart count, to see that it follows
  --login user:password for a store behind HTTP authentication
  --storage <file>      a saved state of Playwright, for a store behind a login of its own
  --headed              with a window, to look on`

const { values } = parseArgs({
  options: {
    ...{ help: { type: 'boolean' }, whole: { type: 'boolean' }, headed: { type: 'boolean' }, only: { type: 'string' } },
    ...{ url: { type: 'string' }, platform: { type: 'string' }, badge: { type: 'string' } },
    ...{ login: { type: 'string' }, storage: { type: 'string' }, few: { type: 'string' } },
    ...{ setting: { type: 'string', multiple: true }, product: { type: 'string', multiple: true } },
    'sold-out': { type: 'string' },
  },
})

const FILES = {
  vendure: ['vendure-bridge', 'vendure', 'looked-at'],
  medusa: ['medusa-bridge', 'medusa', 'looked-at'],
  fakes: ['fakes'],
}
const PREPARE = { vendure: prepareVendure, medusa: prepareMedusa }

if (values.help) console.log(HELP)
else process.exitCode = values.url ? runIn(values) : await runEngines(values.only)

/** The suite in a store that the reader has. */
function runIn(given) {
  if (given.storage && !existsSync(given.storage)) return say(`--storage: there is no file ${given.storage}`)
  if (!URL.canParse(given.url))
    return say(`--url: "${given.url}" is no address; give it whole, such as https://shop.example/`)
  return vitest(['any-store'], {
    CASTCART_STORE: JSON.stringify(given),
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
  // Both at a time: one waits for the network while the other compiles.
  await Promise.all(engines.map((name) => PREPARE[name](log)))
  if (!only) await dropOldEngines(engines)
  const files = [...new Set(names.flatMap((name) => FILES[name]))]
  return vitest(files, { CASTCART_ENGINES: engines.join(), ...(values.whole && { CASTCART_WHOLE: '1' }) })
}

function vitest(files, environment = {}) {
  if (!process.env.CASTCART_DIST) ensureBuild()
  const paths = files.map((name) => `test/stores/${name}.test.ts`)
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'stores', ...paths], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
  return status ?? 1
}

function say(line) {
  console.error(`${line}\n\n${HELP}`)
  return 2
}
