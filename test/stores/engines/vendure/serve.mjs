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
  // What a shop adds of its own: who brought the viewer on each line, and the lowest price of thirty days.
  customFields: {
    OrderLine: [
      { name: 'partner', type: 'string' },
      { name: 'host', type: 'string' },
    ],
    ProductVariant: [{ name: 'lowest30', type: 'int' }],
  },
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
  await sellElsewhere(app, channel)
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

/** A second channel: the same goods in dollars, before tax. */
async function sellElsewhere(app, { defaultTaxZone, defaultShippingZone }) {
  const requests = app.get(core.RequestContextService)
  const nobody = await requests.create({ apiType: 'admin' })
  const user = await app.get(core.UserService).getUserByEmailAddress(nobody, 'superadmin', 'administrator')
  const context = await requests.create({ apiType: 'admin', user })
  const channel = await app.get(core.ChannelService).create(context, {
    ...{ code: 'us', token: 'us', defaultLanguageCode: core.LanguageCode.en, pricesIncludeTax: false },
    ...{ defaultCurrencyCode: core.CurrencyCode.USD, availableCurrencyCodes: [core.CurrencyCode.USD] },
    ...{ defaultTaxZoneId: defaultTaxZone.id, defaultShippingZoneId: defaultShippingZone.id },
  })
  if (!('id' in channel)) throw new Error(channel.message)
  const role = await app.get(core.RoleService).getSuperAdminRole(context)
  await app.get(core.RoleService).assignRoleToChannel(context, role.id, channel.id)
  const products = await app.get(core.ProductService).findAll(context)
  const productIds = products.items.map(({ id }) => id)
  await app
    .get(core.ProductService)
    .assignProductsToChannel(context, { channelId: channel.id, productIds, priceFactor: 2 })
  const locations = await app.get(core.StockLocationService).findAll(context)
  const stockLocationIds = locations.items.map(({ id }) => id)
  await app
    .get(core.StockLocationService)
    .assignStockLocationsToChannel(context, { channelId: channel.id, stockLocationIds })
}

async function serve() {
  const app = await core.bootstrap(config)
  await app.get(core.JobQueueService).start()
  console.log('ready')
}

await (task === 'seed' ? seed() : serve())
