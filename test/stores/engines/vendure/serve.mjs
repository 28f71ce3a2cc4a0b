import core from '@vendure/core'
import cli from '@vendure/core/cli/index.js'

/**
 * A real Vendure: `node serve.mjs seed <database>` makes a shop, `node serve.mjs serve <database> <port>` runs it and prints
 * `ready` once it answers. Run from the folder it is installed in.
 */
const [task, database, port = '0'] = process.argv.slice(2)

const config = {
  apiOptions: {
    hostname: '127.0.0.1',
    port: Number(port),
    adminApiPath: 'admin-api',
    shopApiPath: 'shop-api',
    cors: { origin: true, credentials: true, exposedHeaders: ['vendure-auth-token'] },
  },
  authOptions: {
    tokenMethod: ['bearer', 'cookie'],
    superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
    cookieOptions: { secret: 'only on loopback' },
  },
  dbConnectionOptions: { type: 'better-sqlite3', database, synchronize: task === 'seed', logging: false },
  paymentOptions: { paymentMethodHandlers: [core.dummyPaymentHandler] },
  plugins: [core.DefaultJobQueuePlugin.init({}), core.DefaultSearchPlugin.init({ bufferUpdates: false })],
  logger: new core.DefaultLogger({ level: core.LogLevel.Warn }),
}

const initialData = {
  defaultLanguage: core.LanguageCode.en,
  defaultZone: 'Europe',
  roles: [],
  taxRates: [{ name: 'Standard', percentage: 20 }],
  shippingMethods: [{ name: 'Post', price: 500 }],
  paymentMethods: [],
  countries: [{ name: 'Germany', code: 'DE', zone: 'Europe' }],
  collections: [],
}

/** Prices with tax, in euros, and a code of ten percent; all of it through Vendure's own services. */
async function seed() {
  const app = await core.bootstrap(config)
  await cli.populateInitialData(app, initialData)
  const context = await app.get(core.RequestContextService).create({ apiType: 'admin' })
  const channels = app.get(core.ChannelService)
  const channel = await channels.getDefaultChannel(context)
  await channels.update(context, {
    id: channel.id,
    defaultCurrencyCode: core.CurrencyCode.EUR,
    availableCurrencyCodes: [core.CurrencyCode.EUR],
    pricesIncludeTax: true,
  })
  await cli.importProductsFromCsv(app, 'products.csv', core.LanguageCode.en, await channels.getDefaultChannel())
  const made = await app.get(core.PromotionService).createPromotion(context, {
    enabled: true,
    couponCode: 'LIVE10',
    conditions: [],
    actions: [{ code: core.orderPercentageDiscount.code, arguments: [{ name: 'discount', value: '10' }] }],
    translations: [{ languageCode: core.LanguageCode.en, name: 'Ten percent' }],
  })
  if (!('id' in made)) throw new Error(made.message)
  await app.close()
  console.log('seeded')
}

async function serve() {
  const app = await core.bootstrap(config)
  await app.get(core.JobQueueService).start()
  console.log('ready')
}

await (task === 'seed' ? seed() : serve())
