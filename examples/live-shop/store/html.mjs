/** HTML that is safe to put into HTML. */
class Markup {
  constructor(text) {
    this.text = text
  }
  toString() {
    return this.text
  }
}

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const write = (value) => {
  if (value instanceof Markup) return value.text
  if (Array.isArray(value)) return value.map(write).join('')
  if (value === undefined || value === null || value === false) return ''
  return String(value).replace(/[&<>"']/g, (mark) => ESCAPES[mark])
}

/** A template whose values are escaped; lists are joined, and what is absent or false is left out. */
export const html = (strings, ...values) =>
  new Markup(strings.reduce((text, part, index) => text + write(values[index - 1]) + part))

/** Data for a script in the page. */
export const json = (value) => new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'))
