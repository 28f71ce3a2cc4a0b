const { Modules, ProductStatus } = require('@medusajs/framework/utils')
const {
  createApiKeysWorkflow,
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  createPromotionsWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
} = require('@medusajs/medusa/core-flows')

const price = (amount) => [
  { amount, currency_code: 'eur' },
  { amount: amount * 2, currency_code: 'usd' },
]
const single = (name, amount) => ({
  options: [{ title: 'Version', values: ['One'] }],
  variants: [
    {
      title: 'One',
      sku: name.toUpperCase(),
      manage_inventory: true,
      options: { Version: 'One' },
      prices: price(amount),
      // The lowest of thirty days, as a shop may keep it.
      metadata: { lowest30: { eur: amount - 2 } },
    },
  ],
})
const PRODUCTS = [
  { handle: 'mug', title: 'Mug', description: 'A <b>hand-thrown</b> mug', ...single('mug', 24) },
  {
    handle: 'coat',
    title: 'Coat',
    options: [
      { title: 'Size', values: ['S', 'M'] },
      { title: 'Colour', values: ['Ink', 'Sand'] },
    ],
    variants: [
      ['S', 'Ink', 199],
      ['M', 'Ink', 219],
      ['S', 'Sand', 199],
    ].map(([Size, Colour, amount]) => ({
      title: `${Size} / ${Colour}`,
      sku: `COAT-${Size}-${Colour.toUpperCase()}`,
      manage_inventory: true,
      options: { Size, Colour },
      prices: price(amount),
    })),
  },
  { handle: 'vase', title: 'Vase', ...single('vase', 80) },
  { handle: 'print', title: 'Print', ...single('print', 15) },
  { handle: 'bowl', title: 'Bowl', ...single('bowl', 30) },
]
/** Pieces by SKU. */
const STOCK = { MUG: 500, 'COAT-S-INK': 40, 'COAT-M-INK': 40, 'COAT-S-SAND': 0, VASE: 3, PRINT: 2, BOWL: 0 }

/** A shop of five products in euros with a code of ten percent; ends with a line of JSON that says how to reach it. */
module.exports.default = async ({ container }) => {
  const run = async (workflow, input) => (await workflow(container).run({ input })).result
  const [channel] = await run(createSalesChannelsWorkflow, { salesChannelsData: [{ name: 'Web' }] })
  const [region] = await run(createRegionsWorkflow, {
    regions: [{ name: 'Europe', currency_code: 'eur', countries: ['de'], payment_providers: ['pp_system_default'] }],
  })
  // Its prices are shown before a tax that comes on top.
  const [overseas] = await run(createRegionsWorkflow, {
    regions: [{ name: 'Overseas', currency_code: 'usd', countries: ['us'], payment_providers: ['pp_system_default'] }],
  })
  await run(createTaxRegionsWorkflow, [
    { country_code: 'us', provider_id: 'tp_system', default_tax_rate: { name: 'Sales', rate: 10, code: 'sales' } },
  ])
  const [location] = await run(createStockLocationsWorkflow, { locations: [{ name: 'Here' }] })
  await run(linkSalesChannelsToStockLocationWorkflow, { id: location.id, add: [channel.id] })
  const [key] = await run(createApiKeysWorkflow, { api_keys: [{ title: 'Web', type: 'publishable', created_by: '' }] })
  const [secret] = await run(createApiKeysWorkflow, { api_keys: [{ title: 'Staff', type: 'secret', created_by: '' }] })
  await run(linkSalesChannelsToApiKeyWorkflow, { id: key.id, add: [channel.id] })
  const [profile] = await run(createShippingProfilesWorkflow, { data: [{ name: 'Default', type: 'default' }] })
  await run(createProductsWorkflow, {
    products: PRODUCTS.map((product) => ({
      ...product,
      status: ProductStatus.PUBLISHED,
      shipping_profile_id: profile.id,
      sales_channels: [{ id: channel.id }],
    })),
  })
  const items = await container.resolve(Modules.INVENTORY).listInventoryItems({}, { take: 100 })
  await run(createInventoryLevelsWorkflow, {
    inventory_levels: items.map(({ id, sku }) => ({
      location_id: location.id,
      inventory_item_id: id,
      stocked_quantity: STOCK[sku] ?? 0,
    })),
  })
  await run(createPromotionsWorkflow, {
    promotionsData: [
      {
        code: 'LIVE10',
        type: 'standard',
        status: 'active',
        application_method: {
          type: 'percentage',
          target_type: 'items',
          allocation: 'across',
          value: 10,
          currency_code: 'eur',
        },
      },
    ],
  })
  const keys = {
    publishableKey: key.token,
    secretKey: secret.token,
    regionId: region.id,
    overseasId: overseas.id,
    salesChannelId: channel.id,
  }
  console.log(`seeded ${JSON.stringify(keys)}`)
}
