const COLUMNS = [
  'offer',
  'title',
  'kind',
  'how',
  'announced',
  'opened',
  'first end promised',
  'last end promised',
  'closed',
  'reason',
  'quantity',
  'left',
  'product',
  'variant',
  'price before',
  'price during',
  'price after',
  'lowest in 30 days before',
  'known since',
  'currency',
]

/**
 * The log of a show's offers as a table: a line per offer and product, times in UTC (ISO 8601), RFC 4180.
 * @param {object[]} records of `offerLog` in castcart/room
 */
export function offerCsv(records) {
  const lines = records.flatMap((record) =>
    (record.prices.length ? record.prices : [{}]).map((price) => lineOf(record, price)),
  )
  return `${[COLUMNS, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

const lineOf = (record, price) => [
  record.id,
  wordsOf(record.terms.title),
  record.terms.kind,
  record.terms.how,
  time(record.announcedAt),
  time(record.openedAt),
  time(record.firstClosesAt),
  time(record.closesAt),
  time(record.closedAt),
  record.reason,
  record.terms.quantity,
  record.remaining,
  price.productId ?? record.terms.productIds.join(' '),
  price.variantId,
  amount(price.before),
  amount(price.during),
  amount(price.after),
  amount(price.lowest30),
  time(price.lowest30From),
  price.before?.currency,
]

const wordsOf = (text) => (typeof text === 'string' ? text : (text.en ?? Object.values(text)[0]))
const time = (at) => (at === undefined ? undefined : new Date(at).toISOString())
const amount = (money) => (money ? (money.amount / 100).toFixed(2) : undefined)

/** A spreadsheet must not take what a host wrote for a formula. */
function cell(value) {
  const text = value === undefined ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
