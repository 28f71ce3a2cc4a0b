const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** A sentence out of a server's HTML: tags dropped, entities decoded, at most 300 characters. Text only: never markup for the page. */
export function plainText(html: string): string {
  return html
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) =>
      name ? (NAMED[name] ?? whole) : String.fromCodePoint(decimal ? +decimal : Number.parseInt(hex, 16)),
    )
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}
