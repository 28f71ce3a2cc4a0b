/** One buyable thing of a fake shop; amounts in hundredths. */
export interface FakePiece {
  readonly id: number
  readonly sku: string
  readonly options: Readonly<Record<string, string>>
  cents: number
  readonly wasCents?: number
  stock: number
  /** The shop lets no more into a cart, and says nothing of it. Absent: all that is wanted. */
  most?: number
}

/** A product of a fake shop. */
export interface FakeGoods {
  readonly id: number
  readonly handle: string
  readonly title: string
  readonly pieces: readonly FakePiece[]
}

const product = (id: number, handle: string, piece: Partial<FakePiece>): FakeGoods => ({
  id,
  handle,
  title: `The ${handle} & Co`,
  pieces: [{ id: id * 10 + 1, sku: handle.toUpperCase(), options: {}, cents: 2400, stock: 100, ...piece }],
})

/** More goods than a shop tells of at a time: `ware5` to `ware124`. */
export const manyFakeGoods = (): FakeGoods[] =>
  Array.from({ length: 120 }, (_, at) => product(at + 5, `ware${at + 5}`, {}))

/** What every fake shop here sells: plenty of mugs (reduced), two vases, no bowls, and a coat of two axes. */
export const fakeGoods = (): FakeGoods[] => [
  product(1, 'mug', { cents: 2400, wasCents: 2900 }),
  product(2, 'vase', { cents: 8050, stock: 2 }),
  product(3, 'bowl', { cents: 3000, stock: 0 }),
  {
    id: 4,
    handle: 'coat',
    title: 'The coat',
    pieces: [
      { id: 41, sku: 'COAT-S-INK', options: { Size: 'S', Colour: 'Ink' }, cents: 19900, stock: 9 },
      { id: 42, sku: 'COAT-M-INK', options: { Size: 'M', Colour: 'Ink' }, cents: 21900, stock: 0 },
      { id: 43, sku: 'COAT-S-SAND', options: { Size: 'S', Colour: 'Sand' }, cents: 19900, stock: 9 },
    ],
  },
]

/** A line of a fake cart. */
export interface FakeLine {
  readonly product: FakeGoods
  readonly piece: FakePiece
  quantity: number
  /** What came along with the add, as the platform has it. */
  note?: string
}

/** The cart of one session of a fake shop. The code TEN takes a tenth off; no other is known. */
export interface FakeCart {
  readonly lines: FakeLine[]
  codes: string[]
}

/** One tenth off where the code counts, in hundredths. */
export const afterCodes = (cents: number, { codes }: FakeCart): number =>
  codes.includes('TEN') ? Math.round(cents * 0.9) : cents

/** The sum of a cart before codes, in hundredths. */
export const sumOf = ({ lines }: FakeCart): number =>
  lines.reduce((sum, { piece, quantity }) => sum + piece.cents * quantity, 0)

/** Pieces in a cart. */
export const countOf = ({ lines }: FakeCart): number => lines.reduce((sum, { quantity }) => sum + quantity, 0)

/** A piece by its id, with its product. */
export function pieceOf(goods: readonly FakeGoods[], id: number): Omit<FakeLine, 'quantity'> | undefined {
  for (const product of goods) {
    const piece = product.pieces.find((one) => one.id === id)
    if (piece) return { product, piece }
  }
  return undefined
}

/** The line of a piece, made where there is none. */
export function lineFor(cart: FakeCart, found: Omit<FakeLine, 'quantity'>): FakeLine {
  const old = cart.lines.find(({ piece }) => piece.id === found.piece.id)
  if (old) return old
  const line: FakeLine = { ...found, quantity: 0 }
  cart.lines.push(line)
  return line
}

/** Sets a quantity; 0 removes the line. */
export function setLine(cart: FakeCart, line: FakeLine, quantity: number): void {
  line.quantity = Math.min(quantity, line.piece.most ?? quantity)
  if (quantity <= 0) cart.lines.splice(cart.lines.indexOf(line), 1)
}

/** Hundredths as a decimal text: `19.90`. */
export const decimal = (cents: number): string => (cents / 100).toFixed(2)

/** From here on the shop lets no more of its first product into a cart, and says nothing of it. */
export function letIn([first]: readonly FakeGoods[], most: number): void {
  for (const piece of first?.pieces ?? []) piece.most = most
}

/** From here on the first product of a shop costs what is no amount of money. */
export function misprice([first]: readonly FakeGoods[]): void {
  for (const piece of first?.pieces ?? []) piece.cents = 1e23
}
