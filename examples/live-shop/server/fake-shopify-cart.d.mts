import type { IncomingMessage, ServerResponse } from 'node:http'

export interface FakeVariant {
  id: number
  sku?: string
  option1?: string
  option2?: string
  option3?: string
  price: number
  compare_at_price?: number
  inventory_quantity?: number
  quantity_rule?: { max: number | null }
  available?: boolean
  featured_image?: string
  unit_price?: number
  unit_price_measurement?: { reference_value: number; reference_unit: string }
}

export interface FakeProduct {
  id: number
  handle: string
  title: string
  options: string[]
  images: string[]
  variants: FakeVariant[]
}

export interface FakeCart {
  item_count: number
  total_price: number
  currency: string
  items: { variant_id: number; quantity: number; key: string; properties: Record<string, string> }[]
}

export function createFakeShopifyCart(options: {
  file: string
  catalogue: FakeProduct[]
  currency?: string
  discounts?: Record<string, number | { percent?: number; amount?: number; productIds?: number[]; until?: number }>
  sections?: Record<string, (cart: FakeCart) => string>
}): Promise<{
  handle(req: IncomingMessage, res: ServerResponse, url: URL): Promise<boolean>
  cartOf(req: IncomingMessage): FakeCart
  empty(req: IncomingMessage): Promise<void>
}>
