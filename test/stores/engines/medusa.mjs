import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { engineFolder, installEngine, isFile, readText, run, shopFile } from './install-engine.mjs'
import { startPostgres } from './postgres.mjs'
import { freePort, startServer } from './start-server.mjs'

const commandIn = (folder) => join(folder, 'node_modules', '.bin', 'medusa')
const surroundings = (database) => ({
  ...process.env,
  DATABASE_URL: `${database}/medusa`,
  MEDUSA_DISABLE_TELEMETRY: 'true',
  NODE_ENV: 'production',
})

/** Installs Medusa and fills a shop that each start gets a copy of. */
export async function prepareMedusa(log) {
  const folder = await installEngine('medusa', { log })
  const shop = await shopFile('medusa', 'tar')
  if (await isFile(shop)) return
  log('filling the Medusa shop')
  await mkdir(join(folder, 'src'), { recursive: true })
  const database = await startPostgres()
  try {
    await database.createDatabase('medusa')
    const options = { cwd: folder, env: surroundings(database.url) }
    await run(commandIn(folder), ['db:migrate'], options)
    const said = await run(commandIn(folder), ['exec', './seed.js'], options)
    const keys = /^seeded (\{.*\})$/m.exec(said)?.[1]
    if (!keys) throw new Error(`the Medusa shop was not filled:\n${said.slice(-3000)}`)
    await writeFile(await shopFile('medusa', 'json'), keys)
    await database.save(`${shop}.draft`)
    await rename(`${shop}.draft`, shop)
  } finally {
    await database.stop()
  }
}

/** A real Medusa on loopback with a shop and a PostgreSQL of its own, and the keys to it. It must have been prepared. */
export async function startMedusa() {
  const folder = await engineFolder('medusa')
  const shop = await shopFile('medusa', 'tar')
  if (!(await isFile(shop))) throw new Error('Medusa is not installed: npm run test:stores installs it')
  const keys = JSON.parse(await readText(await shopFile('medusa', 'json')))
  const database = await startPostgres(shop)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = await startServer(commandIn(folder), ['start', '-H', '127.0.0.1', '-p', `${port}`], {
    url: `${url}/health`,
    cwd: folder,
    env: surroundings(database.url),
  }).catch(async (cause) => {
    await database.stop()
    throw cause
  })
  const stop = async () => {
    await server.stop()
    await database.stop()
  }
  const { secretKey, ...open } = keys
  const ask = asStaff(`${url}/admin`, secretKey)
  return {
    ...{ url, ...open, stop },
    setStock: (sku, pieces) => setStock(ask, sku, pieces),
    setPrice: (sku, price) => setPrice(ask, sku, price / 100),
  }
}

function asStaff(api, secretKey) {
  const headers = {
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`,
  }
  return async (path, body) => {
    const write = body && { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${api}/${path}`, { headers, ...write })
    const answer = await response.json()
    if (!response.ok) throw new Error(`Medusa: ${answer.message}`)
    return answer
  }
}

async function setPrice(ask, sku, amount) {
  const { variants } = await ask(`product-variants?sku=${sku}&fields=id,product_id,*prices`)
  for (const { id, product_id, prices } of variants)
    await ask(`products/${product_id}/variants/${id}`, {
      prices: prices.map((one) => ({
        ...{ id: one.id, currency_code: one.currency_code, amount: one.currency_code === 'eur' ? amount : one.amount },
      })),
    })
}

async function setStock(ask, sku, pieces) {
  const found = await ask(`inventory-items?sku=${sku}&fields=id,*location_levels`)
  for (const { id, location_levels } of found.inventory_items)
    for (const level of location_levels)
      await ask(`inventory-items/${id}/location-levels/${level.location_id}`, { stocked_quantity: pieces })
}
