/**
 * What the shop sells: the one list from which the store's pages, the fake of Shopify's cart and the show document are
 * made. Money is in minor units of {@link CURRENCY}.
 *
 * @typedef {Record<'en' | 'ru', string>} Words
 * @typedef {{ id: string, label: Words, color?: string }} Value
 * @typedef {{ id: string, name: Words, values: Value[] }} Axis
 * @typedef {{ id: string, number: number, sku: string, options: Record<string, string>, price: number, stock: number, image: string }} StoreVariant
 * @typedef {object} StoreProduct
 * @property {string} id
 * @property {number} number the fake platform's id
 * @property {string} handle
 * @property {string} code what the host says aloud
 * @property {Words} kind
 * @property {Words} title
 * @property {Words} lead one line
 * @property {Words} text
 * @property {number} price
 * @property {number} [compareAt]
 * @property {number} [lowest30Days]
 * @property {{ price: number, per: Words }} [unit]
 * @property {'cart' | 'request'} action
 * @property {string[]} images
 * @property {Axis[]} axes
 * @property {StoreVariant[]} variants
 */

export const CURRENCY = 'EUR'

const MAKE = { camel: '#b98257', ink: '#26344f', moss: '#5d7355', sand: '#d8c3a0', rust: '#b0573a' }

/** @type {(id: string, en: string, ru: string, color?: string) => Value} */
const value = (id, en, ru, color) => ({ id, label: { en, ru }, ...(color ? { color } : {}) })

/**
 * One flat variant per combination that has stock written down; a combination that is left out does not exist.
 * @param {string} id
 * @param {number} number
 * @param {Array<[Record<string, string>, number, number, string]>} rows options, price, stock, image
 * @returns {StoreVariant[]}
 */
function variants(id, number, rows) {
  return rows.map(([options, price, stock, image], index) => {
    const name = [id, ...Object.values(options)].join('-')
    return { id: name, number: number * 100 + index + 1, sku: name.toUpperCase(), options, price, stock, image }
  })
}

const coat = {
  id: 'coat',
  number: 1001,
  handle: 'wool-coat',
  code: '1',
  kind: { en: 'Clothing', ru: 'Одежда' },
  title: { en: 'Fjord wool coat', ru: 'Шерстяное пальто «Фьорд»' },
  lead: {
    en: 'Italian wool, horn buttons, a collar that stands up to wind.',
    ru: 'Итальянская шерсть, роговые пуговицы, воротник от ветра.',
  },
  text: {
    en: 'Cut from 620 g double-faced wool and half lined, so it keeps its shape without weight. Two deep pockets, one inside.',
    ru: 'Двусторонняя шерсть 620 г, полуподклад: держит форму и не тянет плечи. Два глубоких кармана и один внутренний.',
  },
  price: 28900,
  compareAt: 34900,
  lowest30Days: 32900,
  action: 'cart',
  images: ['coat-camel.svg', 'coat-ink.svg', 'coat-moss.svg', 'coat-detail.svg'],
  axes: [
    {
      id: 'color',
      name: { en: 'Colour', ru: 'Цвет' },
      values: [
        value('camel', 'Camel', 'Верблюжий', MAKE.camel),
        value('ink', 'Ink', 'Чернильный', MAKE.ink),
        value('moss', 'Moss', 'Мох', MAKE.moss),
      ],
    },
    {
      id: 'size',
      name: { en: 'Size', ru: 'Размер' },
      values: [value('s', 'S', 'S'), value('m', 'M', 'M'), value('l', 'L', 'L')],
    },
  ],
  variants: variants('coat', 1001, [
    [{ color: 'camel', size: 's' }, 28900, 6, 'coat-camel.svg'],
    [{ color: 'camel', size: 'm' }, 28900, 9, 'coat-camel.svg'],
    [{ color: 'camel', size: 'l' }, 28900, 4, 'coat-camel.svg'],
    [{ color: 'ink', size: 's' }, 28900, 5, 'coat-ink.svg'],
    [{ color: 'ink', size: 'm' }, 28900, 0, 'coat-ink.svg'],
    [{ color: 'ink', size: 'l' }, 28900, 3, 'coat-ink.svg'],
    [{ color: 'moss', size: 's' }, 28900, 7, 'coat-moss.svg'],
    [{ color: 'moss', size: 'm' }, 28900, 5, 'coat-moss.svg'],
  ]),
}

const SHADES = [
  value('garnet', 'Garnet', 'Гранат', '#7f1d2d'),
  value('carmine', 'Carmine', 'Кармин', '#c2293f'),
  value('coral', 'Coral', 'Коралл', '#d8545a'),
  value('clay', 'Clay', 'Глина', '#b86a5c'),
  value('peach', 'Peach', 'Персик', '#e08a7a'),
  value('plum', 'Plum', 'Слива', '#9a4a5e'),
]

const lipstick = {
  id: 'lipstick',
  number: 1002,
  handle: 'satin-lipstick',
  code: '2',
  kind: { en: 'Beauty', ru: 'Красота' },
  title: { en: 'Evening satin lipstick', ru: 'Сатиновая помада «Вечер»' },
  lead: { en: 'Six warm shades that last, never sticky.', ru: 'Шесть тёплых стойких оттенков, не липнет.' },
  text: {
    en: 'Jojoba and rosehip oils, no perfume. The brass case is made to be refilled: keep it, and buy only the bullet next time.',
    ru: 'Масла жожоба и шиповника, без отдушки. Латунный футляр служит годами: в следующий раз нужен только сменный стик.',
  },
  price: 2400,
  action: 'cart',
  images: ['lipstick-carmine.svg', 'lipstick-shades.svg'],
  axes: [{ id: 'shade', name: { en: 'Shade', ru: 'Оттенок' }, values: SHADES }],
  variants: variants(
    'lipstick',
    1002,
    SHADES.map(({ id }, index) => [{ shade: id }, 2400, [14, 22, 9, 17, 3, 11][index] ?? 0, `lipstick-${id}.svg`]),
  ),
}

const coffee = {
  id: 'coffee',
  number: 1003,
  handle: 'monday-roast',
  code: '3',
  kind: { en: 'Pantry', ru: 'Кухня' },
  title: { en: 'Monday roast coffee', ru: 'Кофе «Понедельник»' },
  lead: {
    en: 'Chocolate, hazelnut, a little orange. Roasted this week.',
    ru: 'Шоколад, фундук, немного апельсина. Обжарен на этой неделе.',
  },
  text: {
    en: 'Whole beans from two farms in Huila, Colombia, washed and roasted medium. Good in a moka pot, better in a filter.',
    ru: 'Зерно с двух ферм в Уиле, Колумбия: мытая обработка, средняя обжарка. Хорош в гейзере, ещё лучше в фильтре.',
  },
  price: 1150,
  unit: { price: 460, per: { en: '100 g', ru: '100 г' } },
  action: 'cart',
  images: ['coffee-250.svg', 'coffee-1000.svg', 'coffee-cup.svg'],
  axes: [
    {
      id: 'weight',
      name: { en: 'Weight', ru: 'Вес' },
      values: [value('250g', '250 g', '250 г'), value('1kg', '1 kg', '1 кг')],
    },
  ],
  variants: variants('coffee', 1003, [
    [{ weight: '250g' }, 1150, 60, 'coffee-250.svg'],
    [{ weight: '1kg' }, 3900, 18, 'coffee-1000.svg'],
  ]),
}

const armchair = {
  id: 'armchair',
  number: 1004,
  handle: 'moss-armchair',
  code: '4',
  kind: { en: 'Living', ru: 'Дом' },
  title: { en: 'Hollow armchair', ru: 'Кресло «Лощина»' },
  lead: {
    en: 'A deep seat and solid oak legs. Sit down once.',
    ru: 'Глубокое сиденье и ножки из дуба. Присядьте хоть раз.',
  },
  text: {
    en: 'Sprung seat, bouclé that may be washed, a frame guaranteed for fifteen years. Comes in one piece; two people carry it in.',
    ru: 'Пружинное сиденье, букле, которое можно стирать, гарантия на каркас 15 лет. Приезжает собранным, заносим вдвоём.',
  },
  price: 69000,
  compareAt: 79000,
  lowest30Days: 75000,
  action: 'cart',
  images: ['armchair-moss.svg', 'armchair-sand.svg', 'armchair-rust.svg'],
  axes: [
    {
      id: 'fabric',
      name: { en: 'Fabric', ru: 'Ткань' },
      values: [
        value('moss', 'Moss', 'Мох', '#4d7e5f'),
        value('sand', 'Sand', 'Песок', '#cdb793'),
        value('rust', 'Rust', 'Ржавчина', MAKE.rust),
      ],
    },
  ],
  variants: variants('armchair', 1004, [
    [{ fabric: 'moss' }, 69000, 5, 'armchair-moss.svg'],
    [{ fabric: 'sand' }, 69000, 4, 'armchair-sand.svg'],
    [{ fabric: 'rust' }, 72000, 2, 'armchair-rust.svg'],
  ]),
}

const mug = {
  id: 'mug',
  number: 1005,
  handle: 'two-glaze-mug',
  code: '5',
  kind: { en: 'Table', ru: 'Посуда' },
  title: { en: 'Two-glaze mug', ru: 'Кружка в две глазури' },
  lead: {
    en: 'Thrown by hand; the glaze runs differently on every one.',
    ru: 'Ручная работа: глазурь на каждой ложится по-своему.',
  },
  text: {
    en: 'Stoneware fired at 1,260 °C. Dishwasher and microwave are fine. Your mug will not look quite like the one in the picture.',
    ru: 'Каменная масса, обжиг при 1260 °C. Можно мыть в машине и греть в микроволновке. Ваша кружка будет чуть другой.',
  },
  price: 2600,
  action: 'cart',
  images: ['mug-ink.svg', 'mug-sand.svg', 'mug-moss.svg'],
  axes: [
    {
      id: 'glaze',
      name: { en: 'Glaze', ru: 'Глазурь' },
      values: [
        value('ink', 'Ink', 'Чернила', '#263c68'),
        value('sand', 'Sand', 'Песок', MAKE.sand),
        value('moss', 'Moss', 'Мох', MAKE.moss),
      ],
    },
    {
      id: 'size',
      name: { en: 'Size', ru: 'Объём' },
      values: [value('s', '250 ml', '250 мл'), value('l', '400 ml', '400 мл')],
    },
  ],
  variants: variants('mug', 1005, [
    [{ glaze: 'ink', size: 's' }, 2600, 12, 'mug-ink.svg'],
    [{ glaze: 'ink', size: 'l' }, 3200, 8, 'mug-ink.svg'],
    [{ glaze: 'sand', size: 's' }, 2600, 15, 'mug-sand.svg'],
    [{ glaze: 'sand', size: 'l' }, 3200, 6, 'mug-sand.svg'],
    [{ glaze: 'moss', size: 's' }, 2600, 9, 'mug-moss.svg'],
    [{ glaze: 'moss', size: 'l' }, 3200, 0, 'mug-moss.svg'],
  ]),
}

const car = {
  id: 'car',
  number: 1006,
  handle: 'linnet-electric',
  code: '6',
  kind: { en: 'Garage', ru: 'Гараж' },
  title: { en: 'Linnet electric car', ru: 'Электромобиль «Линнет»' },
  lead: { en: 'Five seats, 410 km, a very quiet ride.', ru: 'Пять мест, 410 км, очень тихий ход.' },
  text: {
    en: 'One of the twenty that our neighbours at Linnet build each month. Try it for an afternoon; the coffee is on us.',
    ru: 'Один из двадцати, что наши соседи из «Линнет» собирают за месяц. Возьмите на полдня, кофе за наш счёт.',
  },
  price: 3490000,
  action: 'request',
  images: ['car-coral.svg', 'car-ink.svg'],
  axes: [
    {
      id: 'color',
      name: { en: 'Colour', ru: 'Цвет' },
      values: [value('coral', 'Coral', 'Коралл', '#d2452c'), value('ink', 'Ink', 'Чернила', MAKE.ink)],
    },
  ],
  variants: variants('car', 1006, [
    [{ color: 'coral' }, 3490000, 1, 'car-coral.svg'],
    [{ color: 'ink' }, 3490000, 1, 'car-ink.svg'],
  ]),
}

/**
 * A fresh copy of the list, so that two demos in one process share nothing.
 * @returns {StoreProduct[]}
 */
export const createCatalogue = () => structuredClone([coat, lipstick, coffee, armchair, mug, car])
