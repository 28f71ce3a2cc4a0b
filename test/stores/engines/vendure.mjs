import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineFolder, installEngine, isFile, run, shopFile } from './install-engine.mjs'
import { freePort, startServer } from './start-server.mjs'

const QUIET = { ...process.env, VENDURE_DISABLE_TELEMETRY: 'true', NODE_ENV: 'production' }

/** Installs Vendure and fills a shop that each start gets a copy of. */
export async function prepareVendure(log) {
  const folder = await installEngine('vendure', { native: ['better-sqlite3', 'bcrypt'], log })
  const shop = await shopFile('vendure', 'sqlite')
  if (await isFile(shop)) return
  log('filling the Vendure shop')
  const draft = `${shop}.draft`
  await rm(draft, { force: true })
  await run(process.execPath, ['serve.mjs', 'seed', draft], { cwd: folder, env: QUIET })
  await rename(draft, shop)
}

/** A real Vendure on loopback with a shop of its own; `api` is its Shop API. It must have been prepared. */
export async function startVendure() {
  const shop = await shopFile('vendure', 'sqlite')
  if (!(await isFile(shop))) throw new Error('Vendure is not installed: npm run test:stores installs it')
  const work = await mkdtemp(join(tmpdir(), 'castcart-vendure-'))
  const database = join(work, 'shop.sqlite')
  await copyFile(shop, database)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = await startServer(process.execPath, ['serve.mjs', 'serve', database, `${port}`], {
    url: `${url}/health`,
    cwd: await engineFolder('vendure'),
    env: QUIET,
  })
  const stop = async () => {
    await server.stop()
    await rm(work, { recursive: true, force: true })
  }
  const admin = `${url}/admin-api`
  return {
    ...{ url, api: `${url}/shop-api`, stop },
    setStock: (sku, stockOnHand) => setVariant(admin, sku, { stockOnHand }),
    setPrice: (sku, price) => setVariant(admin, sku, { price }),
  }
}

async function setVariant(api, sku, values) {
  let token = ''
  const ask = async (query, variables) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const response = await fetch(api, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
    token = response.headers.get('vendure-auth-token') ?? token
    const { data, errors } = await response.json()
    if (errors) throw new Error(`Vendure: ${errors[0].message}`)
    return data
  }
  await ask('mutation{login(username:"superadmin",password:"superadmin"){__typename}}')
  const found = await ask('query($sku:String!){productVariants(options:{filter:{sku:{eq:$sku}}}){items{id}}}', { sku })
  const input = found.productVariants.items.map(({ id }) => ({ id, ...values }))
  await ask('mutation($input:[UpdateProductVariantInput!]!){updateProductVariants(input:$input){id}}', { input })
}
