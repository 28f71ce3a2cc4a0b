import type { PageMemory } from './fake-ecwid-store.ts'
import { decimal, type FakeGoods, fakeGoods } from './fake-goods.ts'
import { type FakeShop, linkedData, shopPage, startFakeShop } from './fake-shop.ts'

interface Item {
  uniqueId: string
  id: string
  name: string
  quantity: number
  unitPrice: number
  totalPrice: number
  url: string
  customFields: { name: string; value: string }[]
}

/**
 * A fake of the object that Snipcart's script puts on a page, written from its documentation: promises, a state that is told of, one cart
 * per browser; what is not in stock rejects. It stands by itself, so that its text can be put into a page.
 */
export function fakeSnipcart(
  goods: readonly FakeGoods[],
  { memory, currency }: { memory: PageMemory; currency: string },
) {
  const read = (): { items: Item[]; codes: string[] } =>
    JSON.parse(memory.getItem('fake-snipcart') ?? 'null') ?? { items: [], codes: [] }
  const told = new Set<() => void>()
  const write = (cart: ReturnType<typeof read>) => {
    for (const item of cart.items) item.totalPrice = item.unitPrice * item.quantity
    memory.setItem('fake-snipcart', JSON.stringify(cart))
    for (const run of told) run()
  }
  const pieceOf = (id: string) => goods.find(({ handle }) => handle === id)?.pieces[0]
  const stockOf = (id: string) => pieceOf(id)?.stock ?? 0
  const fake = {
    version: '3.7.0',
    asked: [] as object[],
    /** The next change is committed, and its promise rejects. */
    isAnswerLost: false,
    store: {
      getState() {
        const { items, codes } = read()
        const sum = items.reduce((all, { totalPrice }) => all + totalPrice, 0)
        return {
          cart: {
            currency,
            total: codes.includes('TEN') ? Math.round(sum * 90) / 100 : sum,
            items: { count: items.length, items },
            discounts: { items: codes.map((code) => ({ code })) },
          },
        }
      },
      subscribe(run: () => void) {
        told.add(run)
        return () => told.delete(run)
      },
    },
    api: {
      cart: {
        items: {
          async add(wish: Item & { price: number; metadata?: object }) {
            fake.asked.push(wish)
            const cart = read()
            const old = cart.items.find(
              ({ id, customFields }) =>
                id === wish.id &&
                `${customFields.map(({ value }) => value)}` ===
                  `${(wish.customFields ?? []).map(({ value }) => value)}`,
            )
            const wanted = (old?.quantity ?? 0) + wish.quantity
            const quantity = Math.min(wanted, pieceOf(wish.id)?.most ?? wanted)
            if (wanted > stockOf(wish.id)) throw new Error('This product is out of stock')
            if (old) old.quantity = quantity
            else {
              const uniqueId = `u${cart.items.length + 1}-${wish.id}`
              const { id, name, url, customFields = [] } = wish
              cart.items.push({ uniqueId, id, name, url, quantity, customFields, unitPrice: wish.price, totalPrice: 0 })
            }
            write(cart)
            if (!fake.isAnswerLost) return
            fake.isAnswerLost = false
            throw new Error('Network error')
          },
          async update({ uniqueId, quantity }: { uniqueId: string; quantity: number }) {
            const cart = read()
            const item = cart.items.find((one) => one.uniqueId === uniqueId)
            if (!item || quantity > stockOf(item.id)) throw new Error('No')
            item.quantity = quantity
            write(cart)
          },
          async remove(uniqueId: string) {
            const cart = read()
            write({ ...cart, items: cart.items.filter((one) => one.uniqueId !== uniqueId) })
          },
        },
        async applyDiscount(code: string) {
          if (code !== 'TEN') throw new Error('The code is not valid')
          write({ ...read(), codes: [code] })
        },
      },
      theme: {
        cart: {
          open: () => void fake.asked.push({ opened: true }),
          close: () => void fake.asked.push({ closed: true }),
        },
      },
    },
  }
  return fake
}

/** Serves pages with the fake script and the buttons that Snipcart's crawler would check. */
export function startFakeSnipcart({ goods = fakeGoods(), currency = 'eur' } = {}): Promise<FakeShop> {
  return startFakeShop({
    goods,
    isAdd: () => false,
    errorInside: {},
    answer({ path }) {
      if (path === '/') return { body: page(goods, goods, currency) }
      const product = goods.find(({ handle }) => path === `/${handle}.html`)
      return product && { body: page(goods, [product], currency) }
    },
  })
}

function button({ handle, title, pieces }: FakeGoods): string {
  const names = Object.keys(pieces[0]?.options ?? {})
  const fields = names.map((name, at) => {
    const values = [...new Set(pieces.map(({ options }) => options[name]))].map((value) =>
      value === 'M' ? 'M[+20.00]' : value,
    )
    return `data-item-custom${at + 1}-name="${name}" data-item-custom${at + 1}-options="${values.join('|')}"`
  })
  return `<button class="button snipcart-add-item" data-item-id="${handle}" data-item-price="${decimal(pieces[0]?.cents ?? 0)}" data-item-url="/${handle}.html" data-item-name="${title.replace('&', '&amp;')}" data-item-image="/img/${handle}.jpg" ${fields.join(' ')}>Add</button>`
}

const page = (goods: FakeGoods[], shown: FakeGoods[], currency: string) =>
  shopPage(
    `<script>window.Snipcart = (${fakeSnipcart})(${JSON.stringify(goods)}, { memory: localStorage, currency: '${currency}' })</script>${shown.length === 1 ? shown.map((one) => linkedData(one, currency.toUpperCase())).join('') : ''}`,
    `<div hidden id="snipcart" data-api-key="fake"></div>${shown.map((one) => `<a href="/${one.handle}.html">${one.title}</a>${button(one)}`).join('')}`,
  )
