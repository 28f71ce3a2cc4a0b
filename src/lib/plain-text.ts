const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', euro: '€', hellip: '…', ndash: '–', mdash: '—' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bdquo: '„', laquo: '«', raquo: '»', szlig: 'ß', oslash: 'ø' },
}
/** Accents, as combining characters: `uuml`, `Eacute`, `ccedil` and the rest of Latin-1 are a letter and one of these. */
const ACCENTS: Readonly<Record<string, string>> = {
  ...{
    grave: '\u0300',
    acute: '\u0301',
    circ: '\u0302',
    tilde: '\u0303',
    uml: '\u0308',
    ring: '\u030a',
    cedil: '\u0327',
  },
}

/** A sentence out of a server's HTML: tags dropped, entities decoded, at most 300 characters. Text only: never markup for the page. */
export function plainText(html: string): string {
  return html
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) =>
      name ? (named(name) ?? whole) : String.fromCodePoint(decimal ? +decimal : Number.parseInt(hex, 16)),
    )
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}

function named(name: string): string | undefined {
  const accent = ACCENTS[name.slice(1)]
  return accent ? `${name[0]}${accent}`.normalize() : NAMED[name]
}
