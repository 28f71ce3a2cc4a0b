// Words of this client, by key: src/text/en.ts has them all.
window.castcart ||= []
window.castcart.push({ text: { 'sheet.add': 'Reserve yours', 'product.add': 'Reserve' } })
